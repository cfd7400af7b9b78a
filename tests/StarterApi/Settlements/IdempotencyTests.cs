using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Settlements;

[Collection(ApiCollection.Name)]
public sealed class IdempotencyTests(ApiFixture api)
{
    [Fact]
    public async Task Post_SameKeySameBody_GetsTheFirstAnswerByteForByte()
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var key = Requests.NewKey();
        var first = await client.PostTextAsync("/settlements", Requests.Cash().ToJsonString(), key);
        // Members in another order and other spaces are the same body.
        var shuffled = new JsonObject(Requests.Cash().Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        var second = await client.PostTextAsync("/api/v1/settlements", "  " + shuffled.ToJsonString() + "\n", key);

        second.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        second.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await KeysAsync(key)).ShouldBe(1);
    }

    [Fact]
    public async Task Post_SameKeyOtherBody_IsRefusedAndAudited()
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var key = Requests.NewKey();
        await client.PostTextAsync("/settlements", Requests.Cash().ToJsonString(), key);
        var other = Requests.Cash();
        other["amount"] = "7524.01";
        var before = await TracesAsync();

        var reply = await client.PostTextAsync("/settlements", other.ToJsonString(), key);

        await reply.ShouldBeProblemAsync(HttpStatusCode.Conflict, "idempotency-conflict");
        var after = await TracesAsync();
        after.Rows.ShouldBe(before.Rows);
        after.Refusals.ShouldBe(before.Refusals + 1);
    }

    [Fact]
    public async Task Post_SameKeyOfAnotherEntity_IsAnotherKey()
    {
        var key = Requests.NewKey();
        using var ours = await api.ClientAsync(TestUsers.Starter);
        using var theirs = await api.ClientAsync(TestUsers.StarterOfB);
        var request = Requests.Cash();
        request["debtor_account_id"] = ApiDatabase.AccountB;

        (await ours.PostTextAsync("/settlements", Requests.Cash().ToJsonString(), key)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await theirs.PostTextAsync("/settlements", request.ToJsonString(), key)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await KeysAsync(key)).ShouldBe(2);
    }

    [Fact]
    public async Task Post_TwentyAtOnceWithOneKey_MakeOneSettlement()
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var key = Requests.NewKey();
        var body = Requests.Cash().ToJsonString();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.PostTextAsync("/settlements", body, key)));

        replies.ShouldAllBe(reply => reply.StatusCode == HttpStatusCode.Accepted);
        var answers = await Task.WhenAll(replies.Select(reply => reply.Content.ReadAsStringAsync()));
        answers.Distinct().Count().ShouldBe(1);
        replies.Count(reply => !reply.Headers.Contains("Idempotency-Replayed")).ShouldBe(1);
        (await KeysAsync(key)).ShouldBe(1);
    }

    [Fact]
    public async Task Post_WhileAnEqualRequestIsBeingStored_IsInProgress()
    {
        var key = Requests.NewKey();
        await using var host = api.Host(new() { ["Api:IdempotencyWaitMilliseconds"] = "50" });
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await api.TokenAsync(TestUsers.Starter));
        await using var connection = await api.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var claim = new NpgsqlCommand("""
            INSERT INTO settlement.api_idempotency_keys (entity_id, idempotency_key, request_hash, settlement_id, response, created_by)
            VALUES ($1, $2, $3, $4, '{}', 'sara')
            """, connection, transaction)
        {
            Parameters = { new() { Value = TestUsers.EntityA }, new() { Value = key }, new() { Value = new byte[32] }, new() { Value = Guid.NewGuid() } },
        };
        await claim.ExecuteNonQueryAsync();

        var reply = await client.PostTextAsync("/settlements", Requests.Cash().ToJsonString(), key);
        await reply.ShouldBeProblemAsync(HttpStatusCode.Conflict, "in-progress");
        reply.Headers.RetryAfter.ShouldNotBeNull();

        // The other one fails: the key is free again, and the failure is not reported as success.
        await transaction.RollbackAsync();
        (await client.PostTextAsync("/settlements", Requests.Cash().ToJsonString(), key)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Post_AfterARefusal_TheKeyIsStillFree()
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var key = Requests.NewKey();
        var wrong = Requests.Cash();
        wrong["amount"] = "-1.00";
        (await client.PostTextAsync("/settlements", wrong.ToJsonString(), key)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await client.PostTextAsync("/settlements", Requests.Cash().ToJsonString(), key)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Post_RepeatOfWhatWouldBeRefusedToday_GetsItsAnswer()
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var key = Requests.NewKey();
        var request = Requests.Cash();
        request["timeouts"] = new JsonObject { ["retry_attempts"] = 1 };
        request["rail"] = "FEDWIRE";
        request["value_date"] = NextFedwireDay();
        var first = await client.PostTextAsync("/settlements", request.ToJsonString(), key);
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted, await first.Content.ReadAsStringAsync());

        // Two years on the date has long passed and the rail's calendar may have run out; the answer stands.
        await using var host = api.Host(services: services => services.AddSingleton<TimeProvider>(new FixedClock(new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero))));
        using var later = host.CreateClient();
        later.DefaultRequestHeaders.Authorization = new("Bearer", await api.TokenAsync(TestUsers.Starter));
        var second = await later.PostTextAsync("/settlements", request.ToJsonString(), key);

        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null, "idempotency-key-missing")]
    [InlineData("short", "malformed-request")]
    [InlineData("with spaces in it", "malformed-request")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x", "malformed-request")]
    public async Task Post_WithoutAUsableKey_IsRefused(string? key, string type)
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var reply = await client.PostTextAsync("/settlements", Requests.Cash().ToJsonString(), key);
        await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest, type);
    }

    private static string NextFedwireDay()
    {
        var calendar = Domain.CalendarRules.Generate(Domain.CalendarRules.Fedwire, 2025, 2036);
        return calendar.OnOrAfter(DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<long> KeysAsync(string key) =>
        api.CountAsync("SELECT count(*) FROM settlement.api_idempotency_keys WHERE idempotency_key = $1", key);

    private async Task<(long Rows, long Refusals)> TracesAsync() => (
        await api.CountAsync("SELECT count(*) FROM settlement.settlement_transactions"),
        await api.CountAsync("SELECT count(*) FROM settlement.audit_log WHERE action = 'create_refused'"));
}
