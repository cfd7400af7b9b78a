using System.Net;
using System.Text.Json.Nodes;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Settlements;

/// <summary>Every kind of bad input gets a problem document that names the mistake, and leaves no trace but one audit entry.</summary>
[Collection(ApiCollection.Name)]
public sealed class BadInputTests(ApiFixture api)
{
    [Theory]
    [InlineData("amount", "\"10.001\"", "/amount")]
    [InlineData("amount", "\"-1.00\"", "/amount")]
    [InlineData("amount", "\"0.00\"", "/amount")]
    [InlineData("amount", "\"0\"", "/amount")]
    [InlineData("amount", "\"92233720368547758.08\"", "/amount")]
    [InlineData("amount", "\"999999999999999999999999999999999999999999.00\"", "/amount")]
    [InlineData("amount", "\"1e3\"", "/amount")]
    [InlineData("amount", "\"1,000.00\"", "/amount")]
    [InlineData("amount", "\" 10.00\"", "/amount")]
    [InlineData("amount", "\"+10.00\"", "/amount")]
    [InlineData("amount", "\"NaN\"", "/amount")]
    [InlineData("amount", "\"\"", "/amount")]
    [InlineData("currency", "\"XYZ\"", "/currency")]
    [InlineData("currency", "\"usd\"", "/currency")]
    [InlineData("currency", "\"EUR\"", "/currency")]
    [InlineData("kind", "\"dvp\"", "/kind")]
    [InlineData("kind", "\"CASH\"", "/kind")]
    [InlineData("debtor_account_id", "\"NO-SUCH-ACCOUNT\"", "/debtor_account_id")]
    [InlineData("debtor_account_id", "\"B-USD-1\"", "/debtor_account_id")]
    [InlineData("debtor_account_id", "\"A'; DROP TABLE settlement.accounts; --\"", "/debtor_account_id")]
    [InlineData("rail", "\"NO-SUCH-RAIL\"", "/rail")]
    [InlineData("calendars", "[\"NO-SUCH-CALENDAR\"]", "/calendars")]
    [InlineData("calendars", "[]", "/calendars")]
    [InlineData("calendars", "[\"TARGET\",\"TARGET\"]", "/calendars")]
    [InlineData("value_date", "\"2099-01-05\"", "/value_date")]
    [InlineData("trade_date", "\"1999-01-05\"", "/trade_date")]
    [InlineData("remittance", "\"snow \\u2603\"", "/remittance")]
    [InlineData("quantity", "\"1\"", "/quantity")]
    [InlineData("timeouts", "{\"retry_delay_seconds\":-1}", "/timeouts/retry_delay_seconds")]
    [InlineData("timeouts", "{\"retry_attempts\":1000000}", "/timeouts/retry_attempts")]
    public async Task Post_WrongValue_NamesTheMember(string member, string value, string pointer)
    {
        var request = Requests.Cash();
        request[member] = JsonNode.Parse(value);
        var problem = await RefusedAsync(request.ToJsonString(), HttpStatusCode.UnprocessableEntity, "validation-failed");
        problem.Pointers().ShouldContain(pointer);
    }

    [Theory]
    [InlineData("value_date", "\"2026-11-28\"")]
    [InlineData("value_date", "\"2036-12-31\"", "2045-06-01")]
    public async Task Post_DateThatTheCalendarDoesNotServe_IsRefused(string member, string value, string? tradeDate = null)
    {
        var request = Requests.Cash();
        request["rail"] = "FEDWIRE";
        request[member] = JsonNode.Parse(tradeDate is null ? value : $"\"{tradeDate}\"");
        var problem = await RefusedAsync(request.ToJsonString(), HttpStatusCode.UnprocessableEntity, "validation-failed");
        problem.Pointers().ShouldContain("/value_date");
    }

    [Fact]
    public async Task Post_YenWithDecimals_IsRefusedByItsExponent()
    {
        var request = Requests.Cash();
        request["debtor_account_id"] = ApiDatabase.AccountYenA;
        request["currency"] = "JPY";
        request["amount"] = "100.5";
        var problem = await RefusedAsync(request.ToJsonString(), HttpStatusCode.UnprocessableEntity, "validation-failed");
        problem.Pointers().ShouldBe(["/amount"]);
        problem.GetProperty("errors")[0].GetProperty("detail").GetString()!.ShouldContain("0 decimals");
    }

    [Theory]
    [InlineData("quantity", "0", "/quantity")]
    [InlineData("quantity", "-3", "/quantity")]
    [InlineData("price", "0.333333333", "/price")]
    [InlineData("price", "0.3333", "/price")]
    [InlineData("amount", "1.00", "/amount")]
    public async Task Post_PurchaseThatDoesNotAddUp_IsRefused(string member, string value, string pointer)
    {
        var request = Requests.Purchase();
        request[member] = value;
        var problem = await RefusedAsync(request.ToJsonString(), HttpStatusCode.UnprocessableEntity, "validation-failed");
        problem.Pointers().ShouldBe([pointer]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"kind\":\"cash\",}")]
    [InlineData("{\"kind\":\"cash\",\"kind\":\"purchase\"}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    [InlineData("{\"kind\":\"\\u0000\"}")]
    [InlineData("{\"kind\":\"\\ud800\"}")]
    public async Task Post_NotTheJsonOfTheResource_IsRefused(string body) =>
        await RefusedAsync(body, HttpStatusCode.BadRequest, "malformed-body");

    [Theory]
    [InlineData("status", "\"SETTLED\"", "/status")]
    [InlineData("amount", "7524.00", "/amount")]
    [InlineData("creditor", "\"me\"", "/creditor")]
    [InlineData("creditor", "{\"bank\":\"simbank\",\"account\":\"1\",\"name\":\"n\",\"vip\":true}", "/creditor/vip")]
    [InlineData("creditor", "{\"bank\":\"simbank\",\"account\":\"1\"}", "/creditor/name")]
    [InlineData("currency", "null", "/currency")]
    [InlineData("value_date", "\"tomorrow\"", "/value_date")]
    [InlineData("value_date", "\"2026-02-30\"", "/value_date")]
    [InlineData("timeouts", "{\"retry_attempts\":\"3\"}", "/timeouts/retry_attempts")]
    public async Task Post_UnknownMissingOrMistypedMember_NamesIt(string member, string value, string pointer)
    {
        var request = Requests.Cash();
        request[member] = JsonNode.Parse(value);
        var problem = await RefusedAsync(request.ToJsonString(), HttpStatusCode.BadRequest, "malformed-body");
        problem.Pointers().ShouldBe([pointer]);
    }

    [Fact]
    public async Task Post_HugeBody_IsRefusedWithoutBeingRead()
    {
        var request = Requests.Cash();
        request["remittance"] = new string('x', 100_000);
        await RefusedAsync(request.ToJsonString(), HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task Post_AllMistakesAtOnce_AreAllNamed()
    {
        var request = Requests.Cash();
        request["amount"] = "1.234";
        request["kind"] = "barter";
        request["rail"] = "two words";
        var problem = await RefusedAsync(request.ToJsonString(), HttpStatusCode.UnprocessableEntity, "validation-failed");
        problem.Pointers().ShouldBe(["/kind", "/rail", "/amount"], ignoreOrder: true);
    }

    [Fact]
    public async Task Post_WrongMediaType_IsRefused()
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var reply = await client.PostTextAsync("/settlements", "kind=cash", Requests.NewKey(), "application/x-www-form-urlencoded");
        await reply.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    private async Task<System.Text.Json.JsonElement> RefusedAsync(string body, HttpStatusCode status, string type)
    {
        using var client = await api.ClientAsync(TestUsers.Starter);
        var (rows, events, keys, audit) = await TracesAsync();

        var reply = await client.PostTextAsync("/settlements", body, Requests.NewKey());

        var problem = await reply.ShouldBeProblemAsync(status, type);
        var after = await TracesAsync();
        after.ShouldBe((rows, events, keys, audit + 1));
        var requestId = problem.GetProperty("request_id").GetString()!;
        (await api.CountAsync("SELECT count(*) FROM settlement.audit_log WHERE request_id = $1 AND action = 'create_refused' AND actor = 'sara'", requestId)).ShouldBe(1);
        return problem;
    }

    private async Task<(long Rows, long Events, long Keys, long Audit)> TracesAsync() => (
        await api.CountAsync("SELECT count(*) FROM settlement.settlement_transactions"),
        await api.CountAsync("SELECT count(*) FROM settlement.outbox_events"),
        await api.CountAsync("SELECT count(*) FROM settlement.api_idempotency_keys"),
        await api.CountAsync("SELECT count(*) FROM settlement.audit_log"));
}
