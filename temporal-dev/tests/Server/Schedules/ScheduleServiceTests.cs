using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.DevServer.Schedules;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Tests.Schedules;

/// <summary>What schedules do as time passes: overlap policies, pause, limits, catch-up, backfill, results handed on, restarts.</summary>
public sealed class ScheduleServiceTests
{
    private const string First = "w-2026-01-01T01:00:00Z";
    private const string Second = "w-2026-01-01T02:00:00Z";
    private const string Third = "w-2026-01-01T03:00:00Z";

    [Fact]
    public async Task Interval_RunsThatEndInTime_StartsOneEachHourNamedAfterItsTime()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly());
        foreach (var id in new[] { First, Second })
        {
            await environment.PassAsync(1);
            await environment.CloseAsync(id);
        }

        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:00:00"]);
        var request = environment.Runs.Requests[0];
        request.Identity.ShouldBe("temporal-scheduler-default-s");
        request.SearchAttributes.IndexedFields["TemporalScheduledById"].Data.ToStringUtf8().ShouldBe("\"s\"");
        request.SearchAttributes.IndexedFields["TemporalScheduledStartTime"].Data.ToStringUtf8().ShouldBe("\"2026-01-01T01:00:00Z\"");
        request.WorkflowIdReusePolicy.ShouldBe(WorkflowIdReusePolicy.RejectDuplicate);
        environment.Document.Info.ActionCount.ShouldBe(2);
        environment.Document.Info.RecentActions.Select(a => a.StartWorkflowStatus).ShouldAllBe(s => s == WorkflowExecutionStatus.Completed);
        environment.Document.Info.RunningWorkflows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Skip_WhileOneRuns_LeavesTimesOut()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly());
        await environment.PassAsync(3.5);
        await environment.CloseAsync(First);
        await environment.PassAsync(1);

        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:00", "w-2026-01-01T04:00:00Z @ 04:00:00"]);
        environment.Document.Info.OverlapSkipped.ShouldBe(2);
    }

    [Fact]
    public async Task BufferOne_WhileOneRuns_KeepsTheFirstForItsEnd()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.BufferOne));
        await environment.PassAsync(3.5);
        await environment.CloseAsync(First);

        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 03:30:00"]);
        environment.Document.Info.OverlapSkipped.ShouldBe(1);
    }

    [Fact]
    public async Task BufferAll_WhileOneRuns_StartsAllOneAfterTheOther()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.BufferAll));
        await environment.PassAsync(3.5);
        environment.Document.Buffer.Count.ShouldBe(2);
        await environment.CloseAsync(First);
        await environment.CloseAsync(Second);

        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 03:30:00", $"{Third} @ 03:30:00"]);
    }

    [Fact]
    public async Task CancelOther_WhileOneRuns_AsksItToEndAndWaitsForThat()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.CancelOther));
        await environment.PassAsync(2.5);
        environment.Runs.Ended.ShouldBe([$"cancel {First}: cancelled by schedule overlap policy"]);
        environment.Runs.Started.Count.ShouldBe(1);
        await environment.CloseAsync(First, WorkflowExecutionStatus.Canceled);

        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:30:00"]);
    }

    [Fact]
    public async Task TerminateOther_WhileOneRuns_EndsItAndStarts()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.TerminateOther));
        await environment.PassAsync(2.5);

        environment.Runs.Ended.ShouldBe([$"terminate {First}: terminated by schedule overlap policy"]);
        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:00:00"]);
        environment.Document.Info.RecentActions[0].StartWorkflowStatus.ShouldBe(WorkflowExecutionStatus.Terminated);
    }

    [Fact]
    public async Task AllowAll_WhileOthersRun_StartsAnyway()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.AllowAll));
        await environment.PassAsync(2.5);

        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:00:00"]);
        environment.Document.Info.RunningWorkflows.ShouldBeEmpty("nobody must heed them");
    }

    [Fact]
    public async Task Results_OfOneRun_AreHandedToTheNext()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly());
        var result = new Payloads { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8("5") } } };
        await environment.PassAsync(1);
        await environment.CloseAsync(First, result: result);
        await environment.PassAsync(1);
        await environment.CloseAsync(Second, WorkflowExecutionStatus.Failed, failure: new Failure { Message = "no" });
        await environment.PassAsync(1);

        environment.Runs.Requests[1].LastCompletionResult.ShouldBe(result);
        environment.Runs.Requests[1].ContinuedFailure.ShouldBeNull();
        environment.Runs.Requests[2].LastCompletionResult.ShouldBe(result, "the last that succeeded");
        environment.Runs.Requests[2].ContinuedFailure.Message.ShouldBe("no");
    }

    [Fact]
    public async Task PauseOnFailure_AfterAFailure_PausesAndSaysWhy()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        var schedule = ScheduleEnvironment.Hourly();
        schedule.Policies.PauseOnFailure = true;
        await environment.CreateAsync(schedule);
        await environment.PassAsync(1);
        await environment.CloseAsync(First, WorkflowExecutionStatus.Failed, failure: new Failure { Message = "broke" });
        await environment.PassAsync(5);

        environment.Runs.Started.Count.ShouldBe(1);
        environment.Document.Schedule.State.ShouldBe(new Api.Schedule.V1.ScheduleState { Paused = true, Notes = $"paused due to workflow failure: {First}: broke" });
        environment.Document.ConflictToken.ShouldBe(2);
    }

    [Fact]
    public async Task Pause_TimesMeanwhile_AreNeverMadeUpFor()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly());
        await environment.PatchAsync(new SchedulePatch { Pause = "wait" });
        await environment.PassAsync(2.5);
        await environment.PatchAsync(new SchedulePatch { TriggerImmediately = new TriggerImmediatelyRequest() });
        await environment.PatchAsync(new SchedulePatch { Unpause = "go on" });
        await environment.CloseAsync("w-2026-01-01T02:30:00Z");
        await environment.PassAsync(1);

        environment.Runs.Started.ShouldBe(["w-2026-01-01T02:30:00Z @ 02:30:00", $"{Third} @ 03:00:00"]);
        environment.Document.Schedule.State.Notes.ShouldBe("go on");
    }

    [Fact]
    public async Task LimitedActions_WhenUsedUp_StartsNoMore()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        var schedule = ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.AllowAll);
        schedule.State = new Api.Schedule.V1.ScheduleState { LimitedActions = true, RemainingActions = 2 };
        await environment.CreateAsync(schedule);
        new Scheduler(environment.Document, ScheduleEnvironment.Key.NamespaceId).Describe().FutureActionTimes.Count.ShouldBe(2);
        await environment.PassAsync(5);

        environment.Runs.Started.Count.ShouldBe(2);
        environment.Document.Schedule.State.RemainingActions.ShouldBe(0);
        environment.Document.ConflictToken.ShouldBe(3);
    }

    [Fact]
    public async Task CatchupWindow_AfterTimeAway_TakesOnlyWhatIsNotTooLate()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        var schedule = ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.AllowAll);
        schedule.Policies.CatchupWindow = Duration.FromTimeSpan(TimeSpan.FromHours(2));
        await environment.CreateAsync(schedule);
        await environment.RestartAsync(hoursAway: 5.5);
        await Engine.EngineHarness.UntilAsync(() => Task.FromResult(environment.Runs.Started.Count >= 2));

        environment.Runs.Started.ShouldBe(["w-2026-01-01T04:00:00Z @ 05:30:00", "w-2026-01-01T05:00:00Z @ 05:30:00"]);
        environment.Document.Info.MissedCatchupWindow.ShouldBe(3);
    }

    [Fact]
    public async Task Backfill_OfATimeRange_StartsEachOfItsTimes()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        var schedule = ScheduleEnvironment.Hourly();
        schedule.State.Paused = true;
        await environment.CreateAsync(schedule);
        var start = ScheduleEnvironment.Start - TimeSpan.FromHours(25);
        await environment.PatchAsync(new SchedulePatch
        {
            BackfillRequest = { new BackfillRequest { StartTime = start.ToTimestamp(), EndTime = ScheduleEnvironment.Start.ToTimestamp(), OverlapPolicy = ScheduleOverlapPolicy.AllowAll } },
        });
        await environment.PassAsync(0.01);

        environment.Runs.Started.Count.ShouldBe(26, "both ends belong to it");
        environment.Runs.Started[0].ShouldStartWith("w-2025-12-30T23:00:00Z");
        environment.Runs.Requests[0].WorkflowIdReusePolicy.ShouldBe(WorkflowIdReusePolicy.AllowDuplicate);
        environment.Document.Backfills.ShouldBeEmpty();
    }

    [Fact]
    public async Task Patch_SentAgain_DoesNothing()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly());
        var trigger = new SchedulePatch { TriggerImmediately = new TriggerImmediatelyRequest { OverlapPolicy = ScheduleOverlapPolicy.AllowAll } };
        await environment.PatchAsync(trigger, "again");
        await environment.PassAsync(0.1);
        await environment.PatchAsync(trigger, "again");

        environment.Runs.Started.ShouldBe(["w-2026-01-01T00:00:00Z @ 00:00:00"]);
    }

    [Fact]
    public async Task Start_RefusedForGood_IsLeftOutAndTheScheduleGoesOn()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        environment.Runs.Failures.Enqueue(new RpcException(new Status(StatusCode.AlreadyExists, "taken")));
        await environment.CreateAsync(ScheduleEnvironment.Hourly());
        await environment.PassAsync(2);

        environment.Runs.Started.ShouldBe([$"{Second} @ 02:00:00"]);
    }

    [Fact]
    public async Task Start_StoreAway_IsTriedAgain()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        environment.Runs.Failures.Enqueue(new StoreUnavailableException("away"));
        environment.Runs.Failures.Enqueue(new StoreUnavailableException("away"));
        await environment.CreateAsync(ScheduleEnvironment.Hourly());
        await environment.PassAsync(1.5);

        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:02"]);
        environment.Document.Info.ActionCount.ShouldBe(1);
    }

    [Fact]
    public async Task Restart_RunsThatClosedMeanwhile_AreHeeded()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.BufferAll));
        await environment.PassAsync(2.5);
        await environment.RestartAsync(meanwhile: () => environment.Runs.Close(First, WorkflowExecutionStatus.Completed));

        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:30:00"]);
    }

    [Fact]
    public async Task Update_Spec_CountsFromNow()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.AllowAll));
        await environment.PassAsync(1.25);
        var daily = ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.AllowAll);
        daily.Spec = new ScheduleSpec { CronString = { "30 * * * *" } };
        (await environment.Schedules.ChangeAsync(ScheduleEnvironment.Key, "", (s, now) => s.Update(Scheduler.WithDefaults(daily), now), default)).ShouldBeTrue();
        await environment.PassAsync(2);

        environment.Runs.Started.ShouldBe([$"{First} @ 01:00:00", "w-2026-01-01T01:30:00Z @ 01:30:00", "w-2026-01-01T02:30:00Z @ 02:30:00"]);
        environment.Document.ConflictToken.ShouldBe(2);
    }

    [Fact]
    public async Task Delete_Schedule_EndsItAndFreesItsId()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        await environment.CreateAsync(ScheduleEnvironment.Hourly());
        (await environment.Schedules.DeleteAsync(ScheduleEnvironment.Key, default)).ShouldBeTrue();
        (await environment.Schedules.DeleteAsync(ScheduleEnvironment.Key, default)).ShouldBeFalse();
        await environment.PassAsync(3);
        environment.Runs.Started.ShouldBeEmpty();
        await environment.CreateAsync(ScheduleEnvironment.Hourly());
    }

    [Fact]
    public async Task Idle_AfterItsLastTime_IsDeletedAWeekLater()
    {
        await using var environment = await ScheduleEnvironment.OpenAsync();
        var schedule = ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.AllowAll);
        schedule.Spec.EndTime = (ScheduleEnvironment.Start + TimeSpan.FromHours(2)).ToTimestamp();
        await environment.CreateAsync(schedule);
        await environment.PassAsync(24 * 7);
        (await environment.Schedules.DeleteIdleAsync(10, default)).ShouldBe(0);
        await environment.PassAsync(3);
        (await environment.Schedules.DeleteIdleAsync(10, default)).ShouldBe(1);
        environment.Schedules.Find(ScheduleEnvironment.Key).ShouldBeNull();
    }
}
