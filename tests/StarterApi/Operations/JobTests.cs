using System.Net;
using Settlement.Database;
using Settlement.StarterApi.Tests.Support;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Tests.Operations;

[Collection(ApiCollection.Name)]
public sealed class JobTests(ApiFixture api)
{
    [Fact]
    public async Task Get_Jobs_ShowsTheNewestRunOfEach_AndTheLedgerOfOne()
    {
        var ledger = new JobLedger(api.Database);
        var now = DateTimeOffset.UtcNow;
        await ledger.ExpectAsync(JobNames.Locks, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), active: true, now);
        await ledger.TryStartAsync(JobNames.Locks, now.AddMinutes(-1), "one", now);
        await ledger.FinishAsync(JobNames.Locks, now.AddMinutes(-1), "one", succeeded: true, now, """{"changed":3}""");
        await ledger.TryStartAsync(JobNames.Locks, now, "two", now);
        using var adam = await api.ClientAsync(TestUsers.Admin);

        var jobs = await (await adam.GetAsync(new Uri("/api/v1/jobs", UriKind.Relative))).JsonAsync();
        var runs = await (await adam.GetAsync(new Uri("/api/v1/jobs/locks/runs?limit=2", UriKind.Relative))).JsonAsync();

        var locks = jobs.GetProperty("data").EnumerateArray().Single(job => job.GetProperty("job").GetString() == "locks");
        (locks.GetProperty("every_seconds").GetInt32(), locks.GetProperty("active").GetBoolean()).ShouldBe((60, true));
        locks.GetProperty("last_run").GetProperty("state").GetString().ShouldBe("running");
        runs.GetProperty("data").EnumerateArray().Select(run => run.GetProperty("state").GetString()).ShouldBe(["running", "succeeded"]);
        runs.GetProperty("data")[1].GetProperty("detail").GetProperty("changed").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Post_RunAndPause_StartTheWorkflowsOfTheirNames()
    {
        using var adam = await api.ClientAsync(TestUsers.Admin);
        (await adam.PostJsonAsync("/api/v1/jobs/orphans/run", new { reason = "after the failover" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        api.Workflows.Operations.Last().Action.ShouldBeOfType<TriggerJobAction>().Job.ShouldBe("orphans");
        using var pause = new HttpRequestMessage(HttpMethod.Put, "/api/v1/jobs/archive") { Content = System.Net.Http.Json.JsonContent.Create(new { paused = true, reason = "audit" }) };
        (await adam.SendAsync(pause)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var (operation, action) = api.Workflows.Operations.Last();
        operation.ShouldBe(OperationNames.PauseJob);
        action.ShouldBeOfType<PauseJobAction>().Paused.ShouldBeTrue();
        await (await adam.PostJsonAsync("/api/v1/jobs/everything/run", new { reason = "r" })).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Post_EndOrphan_HandsTheWorkflowIdOn()
    {
        using var adam = await api.ClientAsync(TestUsers.Admin);
        (await adam.PostJsonAsync("/api/v1/orphans/settlement-S20261122AAAAAAAAAA/end", new { reason = "started by hand" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var (operation, action) = api.Workflows.Operations.Last();
        operation.ShouldBe(OperationNames.EndOrphan);
        action.ShouldBeOfType<EndOrphanAction>().WorkflowId.ShouldBe("settlement-S20261122AAAAAAAAAA");
    }
}
