using System.Text.Json.Nodes;

namespace Settlement.StarterApi.Tests.Support;

/// <summary>Bodies of POST /settlements that tests bend.</summary>
internal static class Requests
{
    public static string NewKey() => "key-" + Guid.NewGuid().ToString("N");

    public static JsonObject Cash() => new()
    {
        ["kind"] = "cash",
        ["debtor_account_id"] = ApiDatabase.AccountA,
        ["creditor"] = new JsonObject { ["bank"] = ApiDatabase.Bank, ["account"] = "DE89370400440532013000", ["name"] = "Erika Mustermann" },
        ["amount"] = "7524.00",
        ["currency"] = "USD",
        ["rail"] = "SAMPLE-24X7",
    };

    public static JsonObject Purchase()
    {
        var request = Cash();
        request["kind"] = "purchase";
        request["instrument"] = "US0378331005";
        request["quantity"] = "12.5";
        request["price"] = "100.40";
        request.Remove("amount");
        return request;
    }

    /// <summary>Creates a settlement as <paramref name="user"/> and returns its id.</summary>
    public static async Task<Guid> CreateAsync(this ApiFixture api, string user = TestUsers.Starter, JsonObject? body = null)
    {
        using var client = await api.ClientAsync(user);
        var reply = await client.PostTextAsync("/settlements", (body ?? Cash()).ToJsonString(), NewKey());
        reply.StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted, await reply.Content.ReadAsStringAsync());
        return (await reply.JsonAsync()).GetProperty("settlement_id").GetGuid();
    }
}
