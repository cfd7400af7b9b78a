using Settlement.Worker.Tests.Support;
using Settlement.Workflows.Contracts;
using Temporalio.Client.Schedules;

namespace Settlement.Worker.Tests.Jobs;

/// <summary>The worker keeps its schedules on the server, and a slot is run once whatever the number of workers.</summary>
[Collection(WorkerCollection.Name)]
public sealed class JobSchedulesTests(RunningWorker worker)
{
    [Fact]
    public async Task Start_NewServer_EveryJobHasItsScheduleAndItsDuty()
    {
        await KnownAsync();
        foreach (var job in JobNames.All)
        {
            var schedule = (await worker.Temporal.GetScheduleHandle(JobNames.ScheduleId(job)).DescribeAsync()).Schedule;
            schedule.Spec.Intervals.Count.ShouldBe(1, job);
            schedule.State.Paused.ShouldBeFalse(job);
        }
    }

    [Fact]
    public async Task Start_AnotherWorkerWithTheSameSettings_ChangesNothing()
    {
        await KnownAsync();
        var handle = worker.Temporal.GetScheduleHandle(JobNames.ScheduleId(JobNames.Archive));
        var before = (await handle.DescribeAsync()).Info;
        var since = await ScalarAsync<DateTime>($"SELECT known_since FROM settlement.job_schedules WHERE job = '{JobNames.Archive}'");

        // Its last schedule is in order once its duty has been looked at again: the round goes through all jobs in one order.
        await ExecuteAsync($"UPDATE settlement.job_schedules SET grace_seconds = 1 WHERE job = '{JobNames.Archive}'");
        var another = await worker.StartAnotherAsync();
        await Eventually.HoldsAsync(async () => await ScalarAsync<int>($"SELECT grace_seconds FROM settlement.job_schedules WHERE job = '{JobNames.Archive}'") != 1, "the other worker has looked");
        await RunningWorker.StopAsync(another);

        (await handle.DescribeAsync()).Info.LastUpdatedAt.ShouldBe(before.LastUpdatedAt);
        (await ScalarAsync<DateTime>($"SELECT known_since FROM settlement.job_schedules WHERE job = '{JobNames.Archive}'")).ShouldBe(since);
    }

    [Fact]
    public async Task Start_OtherInterval_ChangesTheScheduleAndKeepsAnOperatorsPause()
    {
        await KnownAsync();
        var handle = worker.Temporal.GetScheduleHandle(JobNames.ScheduleId(JobNames.Statements));
        await handle.PauseAsync("olga is looking at it");

        var another = await worker.StartAnotherAsync("--Jobs:DailyHours=12");
        await Eventually.HoldsAsync(async () => (await handle.DescribeAsync()).Schedule.Spec.Intervals.Single().Every == TimeSpan.FromHours(12), "the interval is changed");
        await RunningWorker.StopAsync(another);

        var there = (await handle.DescribeAsync()).Schedule;
        there.State.Paused.ShouldBeTrue();
        there.State.Note.ShouldBe("olga is looking at it");
        await handle.UnpauseAsync();
        var last = await worker.StartAnotherAsync();
        await KnownAsync();
        await RunningWorker.StopAsync(last);
    }

    [Fact]
    public async Task Trigger_ByAnOperator_RunsTheJobOnceAndWritesItDown()
    {
        await KnownAsync();
        var handle = worker.Temporal.GetScheduleHandle(JobNames.ScheduleId(JobNames.Cleanup));
        await handle.TriggerAsync();
        await Eventually.HoldsAsync(async () => await ScalarAsync<long>($"SELECT count(*) FROM settlement.job_runs WHERE job = '{JobNames.Cleanup}' AND state = 'SUCCEEDED'") >= 1, "the run is in the ledger");
        var taken = (await handle.DescribeAsync()).Info.RecentActions.ShouldHaveSingleItem().Action.ShouldBeOfType<ScheduleActionExecutionStartWorkflow>();
        var outcome = await worker.Temporal.GetWorkflowHandle(taken.WorkflowId).GetResultAsync<JobOutcome>();
        outcome.Result.ShouldBe("done");
        (await ScalarAsync<string>($"SELECT runner FROM settlement.job_runs WHERE job = '{JobNames.Cleanup}' AND state = 'SUCCEEDED'")).ShouldBe(taken.FirstExecutionRunId);
    }

    [Fact]
    public async Task CronDisabled_Worker_PausesTheSchedulesAndExpectsNothing()
    {
        await KnownAsync();
        var handle = worker.Temporal.GetScheduleHandle(JobNames.ScheduleId(JobNames.Archive));
        var off = await worker.StartAnotherAsync("--Jobs:Enabled=false");
        await Eventually.HoldsAsync(async () => (await handle.DescribeAsync()).Schedule.State.Paused
            && await ScalarAsync<long>("SELECT count(*) FROM settlement.job_schedules WHERE active") == 0, "everything is paused");
        await RunningWorker.StopAsync(off);

        var on = await worker.StartAnotherAsync();
        await Eventually.HoldsAsync(async () => !(await handle.DescribeAsync()).Schedule.State.Paused
            && await ScalarAsync<long>("SELECT count(*) FROM settlement.job_schedules WHERE active") == JobNames.All.Count, "everything goes on");
        await RunningWorker.StopAsync(on);
    }

    private Task KnownAsync() => Eventually.HoldsAsync(async () =>
        await ScalarAsync<long>("SELECT count(*) FROM settlement.job_schedules WHERE active") == JobNames.All.Count, "all jobs are expected");

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = worker.Books.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = worker.Books.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
