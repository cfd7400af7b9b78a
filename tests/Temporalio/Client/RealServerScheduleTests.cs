using System.Text.Json;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Client;

public class RealServerScheduleTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    private static readonly SearchAttributeKey<string> Keyword = SearchAttributeKey.CreateKeyword("TestKeyword");

    private readonly string id = RealServerFixture.NewId("schedule");

    private TemporalClient Client => server.Client;

    [SkippableFact]
    public async Task CreateScheduleAsync_EverySetting_IsReadBack()
    {
        RealServerFixture.RequireOracle();
        var spec = new ScheduleSpec
        {
            Calendars = [new() { Hour = [new(9, 17, 2)], DayOfWeek = [new(1, 5)], Comment = "office hours" }],
            Intervals = [new(TimeSpan.FromDays(10), TimeSpan.FromDays(2))],
            Skip = [new() { Month = [new(12)], DayOfMonth = [new(25)] }],
            StartAt = new DateTime(2060, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            EndAt = new DateTime(2070, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            Jitter = TimeSpan.FromSeconds(30),
            TimeZoneName = "Europe/Zurich",
        };
        var schedule = new Schedule(Action(), spec)
        {
            Policy = new()
            {
                Overlap = ScheduleOverlapPolicy.BufferOne, CatchupWindow = TimeSpan.FromMinutes(5), PauseOnFailure = true,
            },
            State = new() { Note = "note", Paused = true, LimitedActions = true, RemainingActions = 30 },
        };

        var handle = await Client.CreateScheduleAsync(id, schedule, new()
        {
            Memo = new Dictionary<string, object> { ["memo"] = "of the schedule" },
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(Keyword, id).ToSearchAttributeCollection(),
        });
        var description = await handle.DescribeAsync();

        description.Id.ShouldBe(id);
        JsonSerializer.Serialize(description.Schedule.Spec).ShouldBe(JsonSerializer.Serialize(AsServed(spec)));
        description.Schedule.Policy.ShouldBe(schedule.Policy);
        description.Schedule.State.ShouldBe(schedule.State);
        (await description.Memo["memo"].ToValueAsync<string>()).ShouldBe("of the schedule");
        description.TypedSearchAttributes.Get(Keyword).ShouldBe(id);
        description.Info.NumActions.ShouldBe(0);
        description.Info.NextActionTimes.Count.ShouldBe(10);
        var action = description.Schedule.Action.ShouldBeOfType<ScheduleActionStartWorkflow>();
        action.Workflow.ShouldBe("Flow");
        action.Options.TaskQueue.ShouldBe(id);
        action.Options.StaticSummary.ShouldBe("summary");
        action.Options.ExecutionTimeout.ShouldBe(TimeSpan.FromHours(1));
        (await action.Args.Single().ShouldBeOfType<EncodedRawValue>().ToValueAsync<string>()).ShouldBe("input");
        (await action.Options.Memo!["note"].ShouldBeOfType<EncodedRawValue>().ToValueAsync<string>()).ShouldBe("memo");
        await Should.ThrowAsync<ScheduleAlreadyRunningException>(() => Client.CreateScheduleAsync(id, schedule));
        await handle.DeleteAsync();
        (await Should.ThrowAsync<RpcException>(() => handle.DescribeAsync())).Code.ShouldBe(RpcException.StatusCode.NotFound);
    }

    [SkippableFact]
    public async Task UpdateAsync_OneSetting_KeepsTheRest()
    {
        RealServerFixture.RequireOracle();
        var handle = await Client.CreateScheduleAsync(id, Paused());

        await handle.UpdateAsync(input =>
        {
            var action = (ScheduleActionStartWorkflow)input.Description.Schedule.Action;
            action.Options.TaskTimeout = TimeSpan.FromSeconds(7);
            return new(input.Description.Schedule);
        });
        var changed = await handle.DescribeAsync();
        await handle.UpdateAsync(_ => (ScheduleUpdate?)null);

        var action = changed.Schedule.Action.ShouldBeOfType<ScheduleActionStartWorkflow>();
        action.Options.TaskTimeout.ShouldBe(TimeSpan.FromSeconds(7));
        (await ((IEncodedRawValue)action.Args.Single()!).ToValueAsync<string>()).ShouldBe("input");
        (await ((IEncodedRawValue)action.Options.Memo!["note"]).ToValueAsync<string>()).ShouldBe("memo");
        (await handle.DescribeAsync()).Info.LastUpdatedAt.ShouldBe(changed.Info.LastUpdatedAt);
        await handle.DeleteAsync();
    }

    [SkippableFact]
    public async Task PauseAndTrigger_PausedSchedule_ActsOnlyWhenTold()
    {
        RealServerFixture.RequireOracle();
        var handle = await Client.CreateScheduleAsync(id, Paused());
        await handle.UnpauseAsync();
        (await handle.DescribeAsync()).Schedule.State.ShouldBe(new() { Note = "Unpaused via .NET SDK" });
        await handle.PauseAsync("for the test");
        (await handle.DescribeAsync()).Schedule.State.ShouldBe(new() { Note = "for the test", Paused = true });

        await handle.TriggerAsync();
        var acted = await Eventually.AsksUntilAsync(() => handle.DescribeAsync(), d => d.Info.NumActions == 1);
        var taken = acted.Info.RecentActions.Single().Action.ShouldBeOfType<ScheduleActionExecutionStartWorkflow>();
        await new RawWorker(Client, id).AnswerNextAsync(RawWorker.CompleteWorkflow("by schedule"));

        taken.WorkflowId.ShouldStartWith($"{id}-wf-");
        var workflow = Client.GetWorkflowHandle(taken.WorkflowId, taken.FirstExecutionRunId);
        (await workflow.GetResultAsync<string>()).ShouldBe("by schedule");
        var listed = await Eventually.AsksUntilAsync(
            async () => await Client.ListSchedulesAsync().FirstOrDefaultAsync(s => s.Id == id),
            s => s is { Schedule.State.Paused: true, Info.RecentActions.Count: 1 });
        listed!.Schedule!.Action.ShouldBe(new ScheduleListActionStartWorkflow("Flow"));
        await handle.DeleteAsync();
    }

    [SkippableFact]
    public async Task BackfillAsync_TwoHours_StartsOnePerInterval()
    {
        RealServerFixture.RequireOracle();
        var hour = new DateTime(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc);
        var schedule = new Schedule(Action(), new() { Intervals = [new(TimeSpan.FromHours(1))] })
        {
            State = new() { Paused = true },
        };
        var handle = await Client.CreateScheduleAsync(id, schedule, new()
        {
            Backfills = [new(hour.AddSeconds(-1), hour, ScheduleOverlapPolicy.AllowAll)],
        });

        await handle.BackfillAsync([new(hour, hour.AddHours(2), ScheduleOverlapPolicy.AllowAll)]);

        var acted = await Eventually.AsksUntilAsync(() => handle.DescribeAsync(), d => d.Info.NumActions >= 3);
        acted.Info.NumActions.ShouldBe(3);
        await Should.ThrowAsync<ArgumentException>(() => handle.BackfillAsync([]));
        await handle.DeleteAsync();
    }

    [SkippableFact]
    public async Task CreateScheduleAsync_OptionsThatCannotBeScheduled_Throw()
    {
        RealServerFixture.RequireOracle();
        WorkflowOptions[] invalid =
        [
            new() { TaskQueue = id }, new() { Id = id },
            new(id, id) { IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate },
            new(id, id) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting },
            new(id, id) { CronSchedule = "@daily" }, new(id, id) { StartSignal = "s" },
            new(id, id) { StartDelay = TimeSpan.FromSeconds(1) }, new(id, id) { RequestEagerStart = true },
            new(id, id) { Rpc = new() },
        ];

        foreach (var options in invalid)
        {
            await Should.ThrowAsync<ArgumentException>(() => Client.CreateScheduleAsync(
                id, new(ScheduleActionStartWorkflow.Create("Flow", [], options), new())));
        }
    }

    // The server writes out the last value and the step of a range where they were left to their defaults.
    private static ScheduleSpec AsServed(ScheduleSpec spec) => spec with
    {
        Calendars = spec.Calendars.Select(AsServed).ToArray(), Skip = spec.Skip.Select(AsServed).ToArray(),
    };

    private static ScheduleCalendarSpec AsServed(ScheduleCalendarSpec calendar) => calendar with
    {
        Second = AsServed(calendar.Second), Minute = AsServed(calendar.Minute), Hour = AsServed(calendar.Hour),
        DayOfMonth = AsServed(calendar.DayOfMonth), Month = AsServed(calendar.Month), DayOfWeek = AsServed(calendar.DayOfWeek),
    };

    private static ScheduleRange[] AsServed(IEnumerable<ScheduleRange> ranges) =>
        ranges.Select(r => new ScheduleRange(r.Start, Math.Max(r.Start, r.End), Math.Max(1, r.Step))).ToArray();

    private ScheduleActionStartWorkflow Action() => ScheduleActionStartWorkflow.Create("Flow", ["input"], new($"{id}-wf", id)
    {
        ExecutionTimeout = TimeSpan.FromHours(1),
        StaticSummary = "summary",
        Memo = new Dictionary<string, object> { ["note"] = "memo" },
    });

    private Schedule Paused() => new(Action(), new()) { State = new() { Paused = true } };
}
