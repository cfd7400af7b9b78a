using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Settlement.Domain;
using Settlement.StarterApi.Temporal;
using Settlement.StarterApi.Tests.Support;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Tests.Banks;

[Collection(ApiCollection.Name)]
public sealed class BankMessageTests(ApiFixture api) : IDisposable
{
    public void Dispose() => (api.Workflows.Outage, api.Workflows.Delivery) = (null, DeliveryOutcome.Delivered);

    [Theory]
    [InlineData("pacs.002", "ACSC", BankMessageStatus.Settled)]
    [InlineData("pacs.002", "ACSP", BankMessageStatus.Accepted)]
    [InlineData("pacs.002", "RJCT", BankMessageStatus.Rejected)]
    [InlineData("pacs.002", "CANC", BankMessageStatus.Recalled)]
    [InlineData("camt.054", "ACSC", BankMessageStatus.Settled)]
    [InlineData("camt.029", "RJCR", BankMessageStatus.RecallRefused)]
    [InlineData("pacs.004", "BOOK", BankMessageStatus.Returned)]
    public async Task Post_SignedMessage_IsStoredAndDelivered(string type, string code, BankMessageStatus status)
    {
        var (uetr, reference) = await InstructionAsync();
        var message = Message(uetr, type, code);

        var reply = await SendAsync(message.ToJsonString());

        (await DispositionAsync(reply)).ShouldBe("delivered");
        var delivered = api.Workflows.Messages.Last(sent => sent.Reference == reference).Message;
        delivered.Status.ShouldBe(status);
        delivered.Uetr.ShouldBe(uetr.ToString());
        delivered.AmountMinor.ShouldBe(752400);
        delivered.ReasonCode.ShouldBe("AC04");
        (await StoredAsync(message, "RECEIVED")).ShouldBe(1);
    }

    [Fact]
    public async Task Post_SameMessageTwice_IsOneRowAndReportedAsDuplicate()
    {
        var (uetr, reference) = await InstructionAsync();
        var message = Message(uetr);
        await SendAsync(message.ToJsonString());
        (await DispositionAsync(await SendAsync(message.ToJsonString()))).ShouldBe("duplicate");
        (await StoredAsync(message, "RECEIVED")).ShouldBe(1);
        // Handed on again on purpose: the first delivery may have been what failed. The workflow absorbs it.
        api.Workflows.Messages.Count(sent => sent.Reference == reference).ShouldBe(2);
    }

    [Fact]
    public async Task Post_MessageWithoutAnInstruction_IsKeptAndNotLost()
    {
        var message = Message(Uetr.New());
        (await DispositionAsync(await SendAsync(message.ToJsonString()))).ShouldBe("stored");
        (await StoredAsync(message, "UNMATCHED")).ShouldBe(1);
    }

    [Fact]
    public async Task Post_WorkflowHasEnded_IsKept()
    {
        var (uetr, _) = await InstructionAsync();
        api.Workflows.Delivery = DeliveryOutcome.NotOpen;
        (await DispositionAsync(await SendAsync(Message(uetr).ToJsonString()))).ShouldBe("stored");
    }

    [Fact]
    public async Task Post_TemporalUnreachable_IsStoredAndAskedForAgain()
    {
        var (uetr, reference) = await InstructionAsync();
        var message = Message(uetr);
        api.Workflows.Outage = new TimeoutException("no server");
        await (await SendAsync(message.ToJsonString())).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        (await StoredAsync(message, "RECEIVED")).ShouldBe(1);

        api.Workflows.Outage = null;
        (await SendAsync(message.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        api.Workflows.Messages.Count(sent => sent.Reference == reference).ShouldBe(1);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("other secret")]
    [InlineData("other body")]
    [InlineData("old")]
    [InlineData("future")]
    [InlineData("garbage")]
    public async Task Post_NotProperlySigned_IsRefusedAndNotStored(string flaw)
    {
        var (uetr, _) = await InstructionAsync();
        var message = Message(uetr);
        var body = message.ToJsonString();
        var now = DateTimeOffset.UtcNow;
        var signature = flaw switch
        {
            "none" => null,
            "other secret" => Sign(body, "another shared secret", now),
            "other body" => Sign(body + " ", ApiFixture.BankSecret, now),
            "old" => Sign(body, ApiFixture.BankSecret, now.AddMinutes(-6)),
            "future" => Sign(body, ApiFixture.BankSecret, now.AddMinutes(6)),
            _ => "t=1,v1=zz",
        };
        await (await SendAsync(body, signature)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "signature-refused");
        (await StoredAsync(message, "RECEIVED")).ShouldBe(0);
    }

    [Fact]
    public async Task Post_FromABankWithoutASecret_GetsTheAnswerOfAWrongSignature()
    {
        using var client = await api.ClientAsync(null);
        var body = Message(Uetr.New()).ToJsonString();
        using var request = Signed("/api/v1/banks/nobank/messages", body, Sign(body, "", DateTimeOffset.UtcNow));
        await (await client.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "signature-refused");
    }

    [Theory]
    [InlineData("uetr", "\"F47AC10B-58CC-4372-A567-0E02B2C3D479\"", "/uetr")]
    [InlineData("uetr", "\"not a uetr\"", "/uetr")]
    [InlineData("message_id", "\"\"", "/message_id")]
    [InlineData("status", "\"DONE\"", "/status")]
    [InlineData("message_type", "\"pain.001\"", "/status")]
    [InlineData("booked_amount", "\"7524.001\"", "/booked_amount")]
    [InlineData("currency", "\"XXX\"", "/booked_amount")]
    public async Task Post_SignedButWrong_NamesTheMember(string member, string value, string pointer)
    {
        var message = Message(Uetr.New());
        message[member] = JsonNode.Parse(value);
        var problem = await (await SendAsync(message.ToJsonString())).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        problem.Pointers().ShouldBe([pointer]);
    }

    private static JsonObject Message(Uetr uetr, string type = "pacs.002", string status = "ACSC") => new()
    {
        ["message_id"] = "M-" + Guid.NewGuid().ToString("N")[..12],
        ["message_type"] = type,
        ["uetr"] = uetr.ToString(),
        ["end_to_end_id"] = "E2E",
        ["status"] = status,
        ["reason_code"] = "AC04",
        ["booked_amount"] = "7524.00",
        ["currency"] = "USD",
        ["occurred_at"] = "2026-11-22T04:00:00Z",
        ["bank"] = ApiDatabase.Bank,
    };

    private async Task<(Uetr Uetr, string Reference)> InstructionAsync()
    {
        var id = await api.CreateAsync();
        var uetr = Uetr.New();
        await using var connection = await api.Database.OpenConnectionAsync();
        // Without its locks the database would refuse the instruction; here only the message matters.
        await using var batch = new Npgsql.NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SET session_replication_role = replica"),
                new("""
                    INSERT INTO settlement.bank_instructions (instruction_id, settlement_id, attempt, kind, uetr, bank_id, currency, amount_minor, state, recorded_as_of)
                    VALUES (gen_random_uuid(), $1, 1, 'PAYMENT', $2, $3, 'USD', 752400, 'RECORDED', now())
                    """)
                {
                    Parameters = { new() { Value = id }, new() { Value = uetr.Value }, new() { Value = ApiDatabase.Bank } },
                },
                new("SET session_replication_role = DEFAULT"),
            },
        };
        await batch.ExecuteNonQueryAsync();
        return (uetr, api.Workflows.Started[id].Reference);
    }

    private Task<HttpResponseMessage> SendAsync(string body) => SendAsync(body, Sign(body, ApiFixture.BankSecret, DateTimeOffset.UtcNow));

    private async Task<HttpResponseMessage> SendAsync(string body, string? signature)
    {
        using var client = await api.ClientAsync(null);
        using var request = Signed($"/api/v1/banks/{ApiDatabase.Bank}/messages", body, signature);
        return await client.SendAsync(request);
    }

    private static HttpRequestMessage Signed(string path, string body, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation(BankMessageSignature.HeaderName, signature);
        return request;
    }

    private static string Sign(string body, string secret, DateTimeOffset at) => BankMessageSignature.Sign(Encoding.UTF8.GetBytes(body), secret, at);

    private Task<long> StoredAsync(JsonObject message, string disposition) => api.CountAsync(
        "SELECT count(*) FROM settlement.bank_messages WHERE message_id = $1 AND disposition = $2", message["message_id"]!.GetValue<string>(), disposition);

    private static async Task<string> DispositionAsync(HttpResponseMessage reply)
    {
        reply.StatusCode.ShouldBe(HttpStatusCode.OK, await reply.Content.ReadAsStringAsync());
        return (await reply.JsonAsync()).GetProperty("disposition").GetString()!;
    }
}
