using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Settlements;

[Collection(ApiCollection.Name)]
public sealed class CreateSettlementTests(ApiFixture api)
{
    [Theory]
    [InlineData("/settlements")]
    [InlineData("/api/v1/settlements")]
    public async Task Post_ValidCash_IsStoredPendingAndStarted(string path)
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var reply = await client.PostTextAsync(path, Requests.Cash().ToJsonString(), Requests.NewKey());

        reply.StatusCode.ShouldBe(HttpStatusCode.Accepted, await reply.Content.ReadAsStringAsync());
        var body = await reply.JsonAsync();
        var id = body.GetProperty("settlement_id").GetGuid();
        id.Version.ShouldBe(7);
        body.GetProperty("reference").GetString()!.ShouldMatch("^S[0-9]{8}[0-9A-Z]{10}$");
        body.GetProperty("status").GetString().ShouldBe("pending");
        body.GetProperty("expected_settlement_date").GetString()!.ShouldMatch("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        reply.Headers.Location!.ToString().ShouldBe($"/settlements/{id}");
        (await api.CountAsync("SELECT count(*) FROM settlement.settlement_transactions WHERE settlement_id = $1 AND status = 'PENDING' AND amount_minor = 752400", id)).ShouldBe(1);
        (await api.CountAsync("SELECT count(*) FROM settlement.settlement_status_history WHERE settlement_id = $1", id)).ShouldBe(1);
        (await api.CountAsync("SELECT count(*) FROM settlement.audit_log WHERE settlement_id = $1 AND actor = 'sara' AND actor_source = 'API'", id)).ShouldBe(1);
        (await api.CountAsync("SELECT count(*) FROM settlement.outbox_events WHERE settlement_id = $1", id)).ShouldBe(1);
        api.Workflows.Started[id].AmountMinor.ShouldBe(752400);
    }

    [Fact]
    public async Task Post_ValidCash_StartsExactlyWhatTheRowKeeps()
    {
        var id = await api.CreateAsync();

        await using var command = api.Database.CreateCommand("SELECT workflow_input::text FROM settlement.settlement_transactions WHERE settlement_id = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = id });
        var stored = JsonNode.Parse((string)(await command.ExecuteScalarAsync())!);
        JsonNode.DeepEquals(stored, JsonSerializer.SerializeToNode(api.Workflows.Started[id])).ShouldBeTrue();
        stored!.ToJsonString().ShouldNotContain("Mustermann", customMessage: "personal data must not reach Temporal");
    }

    [Fact]
    public async Task Post_Purchase_MultipliesExactlyAndExpectsThreeBusinessDays()
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var request = Requests.Purchase();
        request["trade_date"] = "2026-11-20";
        var reply = await client.PostTextAsync("/settlements", request.ToJsonString(), Requests.NewKey());

        reply.StatusCode.ShouldBe(HttpStatusCode.Accepted, await reply.Content.ReadAsStringAsync());
        var body = await reply.JsonAsync();
        body.GetProperty("expected_settlement_date").GetString().ShouldBe("2026-11-23", "SAMPLE-24X7 knows no weekend");
        api.Workflows.Started[body.GetProperty("settlement_id").GetGuid()].AmountMinor.ShouldBe(125500);
    }

    [Fact]
    public async Task Post_WithTimeouts_AreRecordedWithTheWorkflow()
    {
        var request = Requests.Cash();
        request["timeouts"] = new JsonObject { ["confirmation_timeout_seconds"] = 1.5, ["retry_attempts"] = 0 };
        var id = await api.CreateAsync(body: request);

        api.Workflows.Started[id].Timings.ConfirmationTimeoutSeconds.ShouldBe(1.5);
        api.Workflows.Started[id].Timings.RetryAttempts.ShouldBe(0);
        api.Workflows.Started[id].Timings.StuckStatusHours.ShouldBe(48);
    }

    [Fact]
    public async Task Post_TemporalUnreachable_IsAcceptedAndLeftToTheSweeper()
    {
        api.Workflows.Outage = new TimeoutException("no server");
        try
        {
            var id = await api.CreateAsync();
            (await api.CountAsync("SELECT count(*) FROM settlement.settlement_transactions WHERE settlement_id = $1 AND status = 'PENDING'", id)).ShouldBe(1);
            api.Workflows.Started.ShouldNotContainKey(id);
        }
        finally
        {
            api.Workflows.Outage = null;
        }
    }

    [Fact]
    public async Task Post_SameTradeTwice_IsRefused()
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var request = Requests.Purchase();
        request["trade_id"] = "TRADE-" + Guid.NewGuid().ToString("N")[..8];
        (await client.PostTextAsync("/settlements", request.ToJsonString(), Requests.NewKey())).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var second = await client.PostTextAsync("/settlements", request.ToJsonString(), Requests.NewKey());
        await second.ShouldBeProblemAsync(HttpStatusCode.Conflict, "duplicate-trade");
    }

    [Fact]
    public async Task Post_ByCallerWithoutEntity_IsForbidden()
    {
        using var client = await api.ClientAsync(TestUsers.Homeless);
        var reply = await client.PostTextAsync("/settlements", Requests.Cash().ToJsonString(), Requests.NewKey());
        await reply.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
