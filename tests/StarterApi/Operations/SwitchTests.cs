using System.Net;
using Settlement.StarterApi.Tests.Support;
using Temporalio.Exceptions;

namespace Settlement.StarterApi.Tests.Operations;

[Collection(ApiCollection.Name)]
public sealed class SwitchTests(ApiFixture api) : IAsyncLifetime
{
    private const string Name = "new_settlements:CORRIDOR-USD-DE";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        api.Workflows.Outage = null;
        using var adam = await api.ClientAsync(TestUsers.Admin);
        await PutAsync(adam, Name, false);
        // The switch is cached for half a second; the tests after this one start settlements into Germany again.
        using var sara = await api.ClientAsync(TestUsers.Starter);
        await UntilAsync(async () => (await sara.PostJsonAsync("/settlements", IntoGermany(), Requests.NewKey())).StatusCode == HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Put_Stop_TakesEffectWhileTemporalIsAway_AndIsAudited()
    {
        using var adam = await api.ClientAsync(TestUsers.Admin);
        using var sara = await api.ClientAsync(TestUsers.Starter);
        var key = Requests.NewKey();
        (await sara.PostJsonAsync("/settlements", IntoGermany(), key)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        api.Workflows.Outage = new RpcException(RpcException.StatusCode.Unavailable, "away", null);

        (await PutAsync(adam, Name, true)).StatusCode.ShouldBe(HttpStatusCode.OK);

        api.Workflows.Outage = null;
        await UntilAsync(async () => (await sara.PostJsonAsync("/settlements", IntoGermany(), Requests.NewKey())).StatusCode == HttpStatusCode.ServiceUnavailable);
        var refused = await (await sara.PostJsonAsync("/settlements", IntoGermany(), Requests.NewKey())).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "switched-off");
        refused.GetProperty("detail").GetString()!.ShouldContain("drill");
        (await sara.PostJsonAsync("/settlements", Requests.Cash(), Requests.NewKey())).StatusCode.ShouldBe(HttpStatusCode.Accepted, "another corridor is open");
        (await sara.PostJsonAsync("/settlements", IntoGermany(), key)).StatusCode.ShouldBe(HttpStatusCode.Accepted, "what was accepted is answered as it was");
        (await api.CountAsync("SELECT count(*) FROM settlement.audit_log WHERE target = $1 AND action = 'switch_stopped' AND actor = 'adam'", "switch:" + Name)).ShouldBe(1);
    }

    [Fact]
    public async Task Put_SameKeyTwice_IsOneAct()
    {
        using var adam = await api.ClientAsync(TestUsers.Admin);
        var key = Requests.NewKey();
        (await PutAsync(adam, "escalation:CURRENCY-JPY", true, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PutAsync(adam, "escalation:CURRENCY-JPY", true, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await PutAsync(adam, "escalation:CURRENCY-JPY", false, key)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "idempotency-conflict");
        (await api.CountAsync("SELECT count(*) FROM settlement.audit_log WHERE target = 'switch:escalation:CURRENCY-JPY'")).ShouldBe(1);
    }

    [Fact]
    public async Task Put_Release_TellsThoseThatWereHeld_AndIsDoneEvenIfNobodyCanBeTold()
    {
        using var adam = await api.ClientAsync(TestUsers.Admin);
        var before = api.Workflows.Told.Count;
        (await PutAsync(adam, "transfers:CURRENCY-CHF", false)).StatusCode.ShouldBe(HttpStatusCode.OK);
        api.Workflows.Told.Count.ShouldBe(before + 1);
        api.Workflows.Told.Last().HeldOnly.ShouldBeTrue();

        api.Workflows.Outage = new RpcException(RpcException.StatusCode.Unavailable, "away", null);
        (await PutAsync(adam, "transfers:CURRENCY-CHF", false)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("transfers:CURRENCY-XXQ")]
    [InlineData("transfers:BANK-")]
    [InlineData("transfers:CORRIDOR-USD-Germany")]
    [InlineData("schedules:CURRENCY-USD")]
    public async Task Put_UnknownName_IsRefused(string name)
    {
        using var adam = await api.ClientAsync(TestUsers.Admin);
        var problem = await (await PutAsync(adam, name, true)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        problem.Pointers().ShouldBe(["/name"]);
    }

    [Fact]
    public async Task Get_Switches_ListsTheGeneralOnesAlways()
    {
        using var adam = await api.ClientAsync(TestUsers.Admin);
        var list = await (await adam.GetAsync(new Uri("/api/v1/switches", UriKind.Relative))).JsonAsync();
        var names = list.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ToList();
        names.ShouldContain("transfers");
        names.ShouldContain("notifications");
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string name, bool stopped, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/switches")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { name, stopped, reason = "drill" }),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    private static System.Text.Json.Nodes.JsonObject IntoGermany()
    {
        var body = Requests.Cash();
        body["creditor"]!["country"] = "DE";
        return body;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(50, limit.Token);
    }
}
