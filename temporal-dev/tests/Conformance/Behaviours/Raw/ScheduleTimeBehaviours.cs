using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>When schedules act, and how: times in all notations and zones, overlap policies, backfill, limits.</summary>
public abstract class ScheduleTimeBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    private string scheduleId = NewId("schedule");

    [Theory]
    [InlineData("every hour", "2026-03-01T00:00:00Z", "2026-03-01T06:00:00Z")]
    [InlineData("every hour, offset", "2026-03-01T00:00:00Z", "2026-03-01T06:00:00Z")]
    [InlineData("cron of weekdays", "2026-03-01T00:00:00Z", "2026-03-15T00:00:00Z")]
    [InlineData("cron with a zone", "2026-03-27T00:00:00Z", "2026-03-31T00:00:00Z")]
    [InlineData("cron with steps", "2026-03-01T00:00:00Z", "2026-03-01T02:00:00Z")]
    [InlineData("calendar", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z")]
    [InlineData("calendar in words", "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData("an hour that summer time skips", "2026-03-27T00:00:00Z", "2026-03-31T00:00:00Z")]
    [InlineData("an hour that winter time repeats", "2026-10-23T00:00:00Z", "2026-10-28T00:00:00Z")]
    [InlineData("with days left out", "2026-03-01T00:00:00Z", "2026-03-10T00:00:00Z")]
    [InlineData("between two instants", "2026-03-01T00:00:00Z", "2026-03-20T00:00:00Z")]
    [InlineData("the 31st", "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z")]
    [InlineData("several at once", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")]
    public Task Times_OfASpec_AreTheSame(string what, string from, string to) => RecordedAsync(
        async () =>
        {
            await CreateAsync(s => s.Spec = Spec(what));
            var answer = await Service.ListScheduleMatchingTimesAsync(new()
            {
                Namespace = Namespace, ScheduleId = scheduleId, StartTime = Instant(from), EndTime = Instant(to),
            });
            answer.StartTime.ShouldNotBeEmpty();
            Observe("times", Written(answer));
            await DeleteAsync();
        },
        CaseName(what));

    /// <summary>Zones east and west of Greenwich, clocks that move by half an hour or two, midnights that a day does not have.</summary>
    [Fact]
    public Task Times_AcrossChangesOfClocks_AreTheSame() => RecordedAsync(async () =>
    {
        foreach (var (zone, cron, from) in ClockChanges)
        {
            await CreateAsync(s => s.Spec = new() { CronString = { cron }, TimezoneName = zone });
            var begin = Instant(from);
            var answer = await Service.ListScheduleMatchingTimesAsync(new()
            {
                Namespace = Namespace, ScheduleId = scheduleId, StartTime = begin, EndTime = Timestamp.FromDateTime(begin.ToDateTime().AddDays(3)),
            });
            Observe($"{zone} {cron}", Written(answer));
            await DeleteAsync();
            scheduleId = NewId("schedule");
        }
    });

    [Fact]
    public Task Backfill_OfThreeHours_StartsThreeRuns() => RecordedAsync(async () =>
    {
        await CreateAsync(s => s.State.Paused = true);
        await PatchAsync(p => p.BackfillRequest.Add(new BackfillRequest
        {
            StartTime = Instant("2026-01-01T00:30:00Z"), EndTime = Instant("2026-01-01T03:30:00Z"), OverlapPolicy = ScheduleOverlapPolicy.AllowAll,
        }));
        await EventuallyAsync(async () => (await DescribeScheduleAsync()).Info.ActionCount == 3);
        var started = (await DescribeScheduleAsync()).Info.RecentActions.Select(a => a.StartWorkflowResult.WorkflowId).Order().ToArray();
        started.ShouldBe([$"{scheduleId}-run-2026-01-01T01:00:00Z", $"{scheduleId}-run-2026-01-01T02:00:00Z", $"{scheduleId}-run-2026-01-01T03:00:00Z"]);
        foreach (var id in started)
        {
            await Client.GetWorkflowHandle(id).TerminateAsync();
        }
        await DeleteAsync();
    });

    [Fact]
    public Task Overlap_Skip_StartsOneAndCountsTheOther() => OverlapAsync(ScheduleOverlapPolicy.Skip, async () =>
    {
        await EventuallyAsync(async () => (await DescribeScheduleAsync()).Info.OverlapSkipped >= 1);
        (await DescribeScheduleAsync()).Info.RunningWorkflows.Count.ShouldBe(1);
    });

    [Fact]
    public Task Overlap_BufferOne_StartsTheNextWhenTheFirstEnds() => OverlapAsync(ScheduleOverlapPolicy.BufferOne, async () =>
    {
        await EventuallyAsync(async () => (await DescribeScheduleAsync()).Info.BufferSize == 1);
        var running = (await DescribeScheduleAsync()).Info.RunningWorkflows.Single();
        await Client.GetWorkflowHandle(running.WorkflowId).TerminateAsync();
        await EventuallyAsync(async () => (await DescribeScheduleAsync()).Info.ActionCount == 2);
    });

    [Fact]
    public Task Overlap_CancelOther_AsksTheFirstToEnd() => OverlapAsync(ScheduleOverlapPolicy.CancelOther, async () =>
    {
        var first = (await DescribeScheduleAsync()).Info.RecentActions[0].StartWorkflowResult.WorkflowId;
        await EventuallyAsync(async () => (await EventTypesAsync(Client.GetWorkflowHandle(first))).Contains(EventType.WorkflowExecutionCancelRequested));
    });

    [Fact]
    public Task Overlap_TerminateOther_EndsTheFirst() => OverlapAsync(ScheduleOverlapPolicy.TerminateOther, async () =>
        await EventuallyAsync(async () => (await DescribeScheduleAsync()).Info.ActionCount == 2));

    [Fact]
    public Task Overlap_AllowAll_RunsBoth() => OverlapAsync(ScheduleOverlapPolicy.AllowAll, async () =>
    {
        await EventuallyAsync(async () => (await DescribeScheduleAsync()).Info.ActionCount == 2);
        foreach (var action in (await DescribeScheduleAsync()).Info.RecentActions)
        {
            // Terminating says that it ran: a closed one would refuse.
            await Client.GetWorkflowHandle(action.StartWorkflowResult.WorkflowId).TerminateAsync();
        }
    });

    [Fact]
    public Task Schedule_WithLimitedActions_StopsAfterThem() => RecordedAsync(async () =>
    {
        await CreateAsync(s =>
        {
            s.Spec = new() { Interval = { new IntervalSpec { Interval = Commands.Seconds(1) } } };
            s.State = new() { LimitedActions = true, RemainingActions = 1 };
            s.Policies = new() { OverlapPolicy = ScheduleOverlapPolicy.AllowAll };
        });
        await EventuallyAsync(async () => (await DescribeScheduleAsync()) is { Info.ActionCount: 1, Schedule.State.RemainingActions: 0 });
        (await DescribeScheduleAsync()).Info.FutureActionTimes.ShouldBeEmpty();
        await EndAllAsync();
        await DeleteAsync();
    });

    [Fact]
    public Task Schedule_ThatWaits_IsDescribedAndListed() => RecordedAsync(async () =>
    {
        await CreateAsync(s => s.State = new() { Paused = true, Notes = "not yet" });
        var described = await DescribeScheduleAsync();
        described.Info.FutureActionTimes.Count.ShouldBe(10);
        Observe("description", described);
        await EventuallyAsync(async () => (await ListAsync()).Any(s => s.ScheduleId == scheduleId && s.Info.Paused && s.Info.Notes == "not yet"));
        Observe("listed", (await ListAsync()).Single(s => s.ScheduleId == scheduleId));
        await DeleteAsync();
        await EventuallyAsync(async () => (await ListAsync()).All(s => s.ScheduleId != scheduleId));
    });

    [Fact]
    public Task Schedule_ThatIsGone_IsRefused() => RecordedAsync(async () =>
    {
        (await RefusedAsync("a description", DescribeScheduleAsync)).Code.ShouldBe(RpcException.StatusCode.NotFound);
        (await RefusedAsync("a patch", () => PatchAsync(p => p.Pause = "x"))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        (await RefusedAsync("a deletion", DeleteAsync)).Code.ShouldBe(RpcException.StatusCode.NotFound);
    });

    [Theory]
    [InlineData("a bad cron")]
    [InlineData("a bad zone")]
    [InlineData("a negative interval")]
    [InlineData("a month that is none")]
    public Task Schedule_ThatIsWrong_IsRefusedAndSaysWhy(string what) => RecordedAsync(
        async () => (await RefusedAsync(what, () => CreateAsync(s => Spoil(s, what)))).Code.ShouldBe(RpcException.StatusCode.InvalidArgument),
        CaseName(what));

    private static void Spoil(Schedule schedule, string what)
    {
        Action spoil = what switch
        {
            "a bad cron" => () => schedule.Spec = new() { CronString = { "at noon" } },
            "a bad zone" => () => schedule.Spec = new() { CronString = { "0 12 * * *" }, TimezoneName = "Mars/Olympus" },
            "a negative interval" => () => schedule.Spec = new() { Interval = { new IntervalSpec { Interval = Commands.Seconds(-1) } } },
            "a month that is none" => () => schedule.Spec = new() { StructuredCalendar = { new StructuredCalendarSpec { Month = { new Api.Schedule.V1.Range { Start = 13 } } } } },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        spoil();
    }

    private static readonly (string Zone, string Cron, string From)[] ClockChanges =
    [
        ("Europe/Berlin", "30 1 * * *", "2026-10-24T00:00:00Z"), ("Europe/Berlin", "*/30 0-4 * * *", "2026-10-24T00:00:00Z"), ("Europe/Berlin", "0 3 * * 0", "2026-10-24T00:00:00Z"),
        ("Europe/Berlin", "*/30 0-4 * * *", "2026-03-28T00:00:00Z"), ("Europe/London", "*/30 0-3 * * *", "2026-10-24T00:00:00Z"), ("Europe/London", "30 1 * * *", "2026-03-28T00:00:00Z"),
        ("America/New_York", "*/30 0-3 * * *", "2026-10-31T00:00:00Z"), ("America/New_York", "30 2 * * *", "2026-03-07T00:00:00Z"), ("Asia/Beirut", "0 0 * * *", "2026-03-27T00:00:00Z"),
        ("America/Santiago", "0 0 * * *", "2026-09-04T00:00:00Z"), ("America/Santiago", "30 0 * * 0,6", "2026-09-04T00:00:00Z"), ("Australia/Lord_Howe", "*/15 0-3 * * *", "2026-04-03T12:00:00Z"),
        ("Australia/Lord_Howe", "*/15 1-3 * * *", "2026-10-02T12:00:00Z"), ("Antarctica/Troll", "0 0-4 * * *", "2026-10-24T00:00:00Z"), ("Pacific/Chatham", "45 2,3 * * *", "2026-09-26T00:00:00Z"),
        ("America/New_York", "30 1 * * *", "2026-10-31T12:00:00Z"), ("Australia/Lord_Howe", "0 2 * * *", "2026-10-02T18:00:00Z"), ("Antarctica/Troll", "0 2 * * *", "2026-10-24T22:00:00Z"),
    ];

    /// <summary>Times, written so that the comparison does not take them for times of the run.</summary>
    private static string Written(ListScheduleMatchingTimesResponse answer) =>
        string.Join('\n', answer.StartTime.Select(t => t.ToDateTime().ToString("yyyyMMdd HHmmss", CultureInfo.InvariantCulture)));

    private static ScheduleSpec Spec(string what) => what switch
    {
        "every hour" => Hourly,
        "every hour, offset" => new() { Interval = { new IntervalSpec { Interval = Commands.Seconds(3600), Phase = Commands.Seconds(900) } } },
        "cron of weekdays" => new() { CronString = { "30 9 * * MON-FRI" } },
        "cron with a zone" => new() { CronString = { "CRON_TZ=Europe/Berlin 0 9 * * *" } },
        "cron with steps" => new() { CronString = { "*/15 0-1 * * *" } },
        "calendar" => new() { StructuredCalendar = { new StructuredCalendarSpec { Second = { One(0) }, Minute = { One(30) }, Hour = { One(17) }, DayOfMonth = { One(1), One(15) }, Month = { new Api.Schedule.V1.Range { Start = 1, End = 12, Step = 2 } }, DayOfWeek = { new Api.Schedule.V1.Range { Start = 0, End = 6 } } } } },
        "calendar in words" => new() { Calendar = { new CalendarSpec { Hour = "12", Minute = "0", DayOfWeek = "Tuesday", Month = "JAN,FEB" } } },
        "an hour that summer time skips" => new() { CronString = { "30 2 * * *" }, TimezoneName = "Europe/Berlin" },
        "an hour that winter time repeats" => new() { CronString = { "30 2 * * *" }, TimezoneName = "Europe/Berlin" },
        "with days left out" => new() { CronString = { "0 12 * * *" }, ExcludeStructuredCalendar = { new StructuredCalendarSpec { Second = { One(0) }, Minute = { One(0) }, Hour = { One(12) }, DayOfMonth = { new Api.Schedule.V1.Range { Start = 1, End = 31 } }, Month = { new Api.Schedule.V1.Range { Start = 1, End = 12 } }, DayOfWeek = { One(6), One(0) } } } },
        "between two instants" => new() { CronString = { "0 12 * * *" }, StartTime = Instant("2026-03-05T00:00:00Z"), EndTime = Instant("2026-03-09T00:00:00Z") },
        "the 31st" => new() { CronString = { "0 0 31 * *" }, TimezoneName = "America/New_York" },
        "several at once" => new() { CronString = { "0 */6 * * *" }, Interval = { new IntervalSpec { Interval = Commands.Seconds(8 * 3600) } } },
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static ScheduleSpec Hourly => new() { Interval = { new IntervalSpec { Interval = Commands.Seconds(3600) } } };

    private static Api.Schedule.V1.Range One(int value) => new() { Start = value };

    private static Timestamp Instant(string text) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));

    private Task OverlapAsync(ScheduleOverlapPolicy policy, Func<Task> test, [System.Runtime.CompilerServices.CallerMemberName] string name = "") => RecordedAsync(
        async () =>
        {
            await CreateAsync(s =>
            {
                s.State.Paused = true;
                s.Policies = new() { OverlapPolicy = policy };
            });
            await PatchAsync(p => p.TriggerImmediately = new());
            await EventuallyAsync(async () => (await DescribeScheduleAsync()).Info.ActionCount == 1);
            // Ids of runs carry whole seconds: the second trigger must not fall into the first one's.
            var first = (await DescribeScheduleAsync()).Info.RecentActions[0].ActualTime.ToDateTime();
            await EventuallyAsync(() => Task.FromResult(DateTime.UtcNow - first > TimeSpan.FromSeconds(1.1)));
            await PatchAsync(p => p.TriggerImmediately = new() { OverlapPolicy = policy });
            await test();
            await EndAllAsync();
            await DeleteAsync();
        },
        name);

    private async Task EndAllAsync()
    {
        foreach (var action in (await DescribeScheduleAsync()).Info.RunningWorkflows)
        {
            try
            {
                await Client.GetWorkflowHandle(action.WorkflowId).TerminateAsync();
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                // It ended in between, as it should.
                continue;
            }
        }
    }

    private async Task CreateAsync(Action<Schedule> change)
    {
        var schedule = new Schedule
        {
            Spec = Hourly,
            State = new(),
            Action = new() { StartWorkflow = new() { WorkflowId = $"{scheduleId}-run", WorkflowType = new() { Name = "Raw" }, TaskQueue = NormalQueue } },
        };
        change(schedule);
        await Service.CreateScheduleAsync(new() { Namespace = Namespace, ScheduleId = scheduleId, Schedule = schedule, Identity = Identity, RequestId = Guid.NewGuid().ToString() });
    }

    private Task PatchAsync(Action<SchedulePatch> change)
    {
        var patch = new SchedulePatch();
        change(patch);
        return Service.PatchScheduleAsync(new() { Namespace = Namespace, ScheduleId = scheduleId, Patch = patch, Identity = Identity, RequestId = Guid.NewGuid().ToString() });
    }

    private Task<DescribeScheduleResponse> DescribeScheduleAsync() => Service.DescribeScheduleAsync(new() { Namespace = Namespace, ScheduleId = scheduleId });

    private Task DeleteAsync() => Service.DeleteScheduleAsync(new() { Namespace = Namespace, ScheduleId = scheduleId, Identity = Identity });

    private async Task<IReadOnlyList<ScheduleListEntry>> ListAsync() =>
        (await Service.ListSchedulesAsync(new() { Namespace = Namespace, MaximumPageSize = 1000 })).Schedules;
}
