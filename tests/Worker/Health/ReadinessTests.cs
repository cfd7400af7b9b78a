using System.Net;
using System.Text.Json;
using Settlement.Worker.Tests.Support;

namespace Settlement.Worker.Tests.Health;

[Collection(WorkerCollection.Name)]
public sealed class ReadinessTests(RunningWorker worker)
{
    [Fact]
    public async Task Ready_WithEverythingThere_Is200AndEveryCheckIsOk()
    {
        var (status, checks) = await ReadyAsync();
        status.ShouldBe(HttpStatusCode.OK);
        checks.ShouldBe(new Dictionary<string, string> { ["startup"] = "ok", ["database"] = "ok", ["temporal"] = "ok" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Ready_WithTheDatabaseAway_Is503AndNamesIt_AndTheWorkerOutlivesIt()
    {
        await worker.OpenDatabaseAsync(false);
        try
        {
            var (status, checks) = await ReadyAsync();
            status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            checks.Where(check => check.Value != "ok").ShouldBe([KeyValuePair.Create("database", "unreachable")]);
            (await worker.Http.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await worker.OpenDatabaseAsync(true);
        }

        await Eventually.HoldsAsync(async () => (await ReadyAsync()).Status == HttpStatusCode.OK, "ready again");
        var row = await OrphanedSettlement.CreateAsync(worker.Books);
        await Eventually.HoldsAsync(async () => await OrphanedSettlement.StatusAsync(worker.Books, row.SettlementId) != "PENDING", "the sweeper goes on after the outage");
    }

    private async Task<(HttpStatusCode Status, Dictionary<string, string> Checks)> ReadyAsync()
    {
        using var reply = await worker.Http.GetAsync("/health/ready");
        using var body = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        return (reply.StatusCode, body.RootElement.GetProperty("checks").Deserialize<Dictionary<string, string>>()!);
    }
}
