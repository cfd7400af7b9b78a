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
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly());
        foreach (var id in new[] { First, Second })
        {
            await house.PassAsync(1);
            await house.CloseAsync(id);
        }

        house.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:00:00"]);
        var request = house.Runs.Requests[0];
        request.Identity.ShouldBe("temporal-scheduler-default-s");
        request.SearchAttributes.IndexedFields["TemporalScheduledById"].Data.ToStringUtf8().ShouldBe("\"s\"");
        request.SearchAttributes.IndexedFields["TemporalScheduledStartTime"].Data.ToStringUtf8().ShouldBe("\"2026-01-01T01:00:00Z\"");
        request.WorkflowIdReusePolicy.ShouldBe(WorkflowIdReusePolicy.RejectDuplicate);
        house.Document.Info.ActionCount.ShouldBe(2);
        house.Document.Info.RecentActions.Select(a => a.StartWorkflowStatus).ShouldAllBe(s => s == WorkflowExecutionStatus.Completed);
        house.Document.Info.RunningWorkflows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Skip_WhileOneRuns_LeavesTimesOut()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly());
        await house.PassAsync(3.5);
        await house.CloseAsync(First);
        await house.PassAsync(1);

        house.Runs.Started.ShouldBe([$"{First} @ 01:00:00", "w-2026-01-01T04:00:00Z @ 04:00:00"]);
        house.Document.Info.OverlapSkipped.ShouldBe(2);
    }

    [Fact]
    public async Task BufferOne_WhileOneRuns_KeepsTheFirstForItsEnd()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly(ScheduleOverlapPolicy.BufferOne));
        await house.PassAsync(3.5);
        await house.CloseAsync(First);

        house.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 03:30:00"]);
        house.Document.Info.OverlapSkipped.ShouldBe(1);
    }

    [Fact]
    public async Task BufferAll_WhileOneRuns_StartsAllOneAfterTheOther()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly(ScheduleOverlapPolicy.BufferAll));
        await house.PassAsync(3.5);
        house.Document.Buffer.Count.ShouldBe(2);
        await house.CloseAsync(First);
        await house.CloseAsync(Second);

        house.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 03:30:00", $"{Third} @ 03:30:00"]);
    }

    [Fact]
    public async Task CancelOther_WhileOneRuns_AsksItToEndAndWaitsForThat()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly(ScheduleOverlapPolicy.CancelOther));
        await house.PassAsync(2.5);
        house.Runs.Ended.ShouldBe([$"cancel {First}: cancelled by schedule overlap policy"]);
        house.Runs.Started.Count.ShouldBe(1);
        await house.CloseAsync(First, WorkflowExecutionStatus.Canceled);

        house.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:30:00"]);
    }

    [Fact]
    public async Task TerminateOther_WhileOneRuns_EndsItAndStarts()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly(ScheduleOverlapPolicy.TerminateOther));
        await house.PassAsync(2.5);

        house.Runs.Ended.ShouldBe([$"terminate {First}: terminated by schedule overlap policy"]);
        house.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:00:00"]);
        house.Document.Info.RecentActions[0].StartWorkflowStatus.ShouldBe(WorkflowExecutionStatus.Terminated);
    }

    [Fact]
    public async Task AllowAll_WhileOthersRun_StartsAnyway()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly(ScheduleOverlapPolicy.AllowAll));
        await house.PassAsync(2.5);

        house.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:00:00"]);
        house.Document.Info.RunningWorkflows.ShouldBeEmpty("nobody must heed them");
    }

    [Fact]
    public async Task Results_OfOneRun_AreHandedToTheNext()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly());
        var result = new Payloads { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8("5") } } };
        await house.PassAsync(1);
        await house.CloseAsync(First, result: result);
        await house.PassAsync(1);
        await house.CloseAsync(Second, WorkflowExecutionStatus.Failed, failure: new Failure { Message = "no" });
        await house.PassAsync(1);

        house.Runs.Requests[1].LastCompletionResult.ShouldBe(result);
        house.Runs.Requests[1].ContinuedFailure.ShouldBeNull();
        house.Runs.Requests[2].LastCompletionResult.ShouldBe(result, "the last that succeeded");
        house.Runs.Requests[2].ContinuedFailure.Message.ShouldBe("no");
    }

    [Fact]
    public async Task PauseOnFailure_AfterAFailure_PausesAndSaysWhy()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        var schedule = ScheduleHouse.Hourly();
        schedule.Policies.PauseOnFailure = true;
        await house.CreateAsync(schedule);
        await house.PassAsync(1);
        await house.CloseAsync(First, WorkflowExecutionStatus.Failed, failure: new Failure { Message = "broke" });
        await house.PassAsync(5);

        house.Runs.Started.Count.ShouldBe(1);
        house.Document.Schedule.State.ShouldBe(new Api.Schedule.V1.ScheduleState { Paused = true, Notes = $"paused due to workflow failure: {First}: broke" });
        house.Document.ConflictToken.ShouldBe(2);
    }

    [Fact]
    public async Task Pause_TimesMeanwhile_AreNeverMadeUpFor()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly());
        await house.PatchAsync(new SchedulePatch { Pause = "wait" });
        await house.PassAsync(2.5);
        await house.PatchAsync(new SchedulePatch { TriggerImmediately = new TriggerImmediatelyRequest() });
        await house.PatchAsync(new SchedulePatch { Unpause = "go on" });
        await house.CloseAsync("w-2026-01-01T02:30:00Z");
        await house.PassAsync(1);

        house.Runs.Started.ShouldBe(["w-2026-01-01T02:30:00Z @ 02:30:00", $"{Third} @ 03:00:00"]);
        house.Document.Schedule.State.Notes.ShouldBe("go on");
    }

    [Fact]
    public async Task LimitedActions_WhenUsedUp_StartsNoMore()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        var schedule = ScheduleHouse.Hourly(ScheduleOverlapPolicy.AllowAll);
        schedule.State = new Api.Schedule.V1.ScheduleState { LimitedActions = true, RemainingActions = 2 };
        await house.CreateAsync(schedule);
        new Scheduler(house.Document, ScheduleHouse.Key.NamespaceId).Describe().FutureActionTimes.Count.ShouldBe(2);
        await house.PassAsync(5);

        house.Runs.Started.Count.ShouldBe(2);
        house.Document.Schedule.State.RemainingActions.ShouldBe(0);
        house.Document.ConflictToken.ShouldBe(3);
    }

    [Fact]
    public async Task CatchupWindow_AfterTimeAway_TakesOnlyWhatIsNotTooLate()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        var schedule = ScheduleHouse.Hourly(ScheduleOverlapPolicy.AllowAll);
        schedule.Policies.CatchupWindow = Duration.FromTimeSpan(TimeSpan.FromHours(2));
        await house.CreateAsync(schedule);
        await house.RestartAsync(hoursAway: 5.5);
        await Engine.EngineHarness.UntilAsync(() => Task.FromResult(house.Runs.Started.Count >= 2));

        house.Runs.Started.ShouldBe(["w-2026-01-01T04:00:00Z @ 05:30:00", "w-2026-01-01T05:00:00Z @ 05:30:00"]);
        house.Document.Info.MissedCatchupWindow.ShouldBe(3);
    }

    [Fact]
    public async Task Backfill_OfATimeRange_StartsEachOfItsTimes()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        var schedule = ScheduleHouse.Hourly();
        schedule.State.Paused = true;
        await house.CreateAsync(schedule);
        var start = ScheduleHouse.Start - TimeSpan.FromHours(25);
        await house.PatchAsync(new SchedulePatch
        {
            BackfillRequest = { new BackfillRequest { StartTime = start.ToTimestamp(), EndTime = ScheduleHouse.Start.ToTimestamp(), OverlapPolicy = ScheduleOverlapPolicy.AllowAll } },
        });
        await house.PassAsync(0.01);

        house.Runs.Started.Count.ShouldBe(26, "both ends belong to it");
        house.Runs.Started[0].ShouldStartWith("w-2025-12-30T23:00:00Z");
        house.Runs.Requests[0].WorkflowIdReusePolicy.ShouldBe(WorkflowIdReusePolicy.AllowDuplicate);
        house.Document.Backfills.ShouldBeEmpty();
    }

    [Fact]
    public async Task Patch_SentAgain_DoesNothing()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly());
        var trigger = new SchedulePatch { TriggerImmediately = new TriggerImmediatelyRequest { OverlapPolicy = ScheduleOverlapPolicy.AllowAll } };
        await house.PatchAsync(trigger, "again");
        await house.PassAsync(0.1);
        await house.PatchAsync(trigger, "again");

        house.Runs.Started.ShouldBe(["w-2026-01-01T00:00:00Z @ 00:00:00"]);
    }

    [Fact]
    public async Task Start_RefusedForGood_IsLeftOutAndTheScheduleGoesOn()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        house.Runs.Failures.Enqueue(new RpcException(new Status(StatusCode.AlreadyExists, "taken")));
        await house.CreateAsync(ScheduleHouse.Hourly());
        await house.PassAsync(2);

        house.Runs.Started.ShouldBe([$"{Second} @ 02:00:00"]);
    }

    [Fact]
    public async Task Start_StoreAway_IsTriedAgain()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        house.Runs.Failures.Enqueue(new StoreUnavailableException("away"));
        house.Runs.Failures.Enqueue(new StoreUnavailableException("away"));
        await house.CreateAsync(ScheduleHouse.Hourly());
        await house.PassAsync(1.5);

        house.Runs.Started.ShouldBe([$"{First} @ 01:00:02"]);
        house.Document.Info.ActionCount.ShouldBe(1);
    }

    [Fact]
    public async Task Restart_RunsThatClosedMeanwhile_AreHeeded()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly(ScheduleOverlapPolicy.BufferAll));
        await house.PassAsync(2.5);
        await house.RestartAsync(meanwhile: () => house.Runs.Close(First, WorkflowExecutionStatus.Completed));

        house.Runs.Started.ShouldBe([$"{First} @ 01:00:00", $"{Second} @ 02:30:00"]);
    }

    [Fact]
    public async Task Update_Spec_CountsFromNow()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly(ScheduleOverlapPolicy.AllowAll));
        await house.PassAsync(1.25);
        var daily = ScheduleHouse.Hourly(ScheduleOverlapPolicy.AllowAll);
        daily.Spec = new ScheduleSpec { CronString = { "30 * * * *" } };
        (await house.Schedules.ChangeAsync(ScheduleHouse.Key, "", (s, now) => s.Update(Scheduler.WithDefaults(daily), now), default)).ShouldBeTrue();
        await house.PassAsync(2);

        house.Runs.Started.ShouldBe([$"{First} @ 01:00:00", "w-2026-01-01T01:30:00Z @ 01:30:00", "w-2026-01-01T02:30:00Z @ 02:30:00"]);
        house.Document.ConflictToken.ShouldBe(2);
    }

    [Fact]
    public async Task Delete_Schedule_EndsItAndFreesItsId()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        await house.CreateAsync(ScheduleHouse.Hourly());
        (await house.Schedules.DeleteAsync(ScheduleHouse.Key, default)).ShouldBeTrue();
        (await house.Schedules.DeleteAsync(ScheduleHouse.Key, default)).ShouldBeFalse();
        await house.PassAsync(3);
        house.Runs.Started.ShouldBeEmpty();
        await house.CreateAsync(ScheduleHouse.Hourly());
    }

    [Fact]
    public async Task Idle_AfterItsLastTime_IsDeletedAWeekLater()
    {
        await using var house = await ScheduleHouse.OpenAsync();
        var schedule = ScheduleHouse.Hourly(ScheduleOverlapPolicy.AllowAll);
        schedule.Spec.EndTime = (ScheduleHouse.Start + TimeSpan.FromHours(2)).ToTimestamp();
        await house.CreateAsync(schedule);
        await house.PassAsync(24 * 7);
        (await house.Schedules.DeleteIdleAsync(10, default)).ShouldBe(0);
        await house.PassAsync(3);
        (await house.Schedules.DeleteIdleAsync(10, default)).ShouldBe(1);
        house.Schedules.Find(ScheduleHouse.Key).ShouldBeNull();
    }
}
