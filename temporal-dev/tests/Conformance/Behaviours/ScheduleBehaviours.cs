using System.Runtime.CompilerServices;
using Temporalio.Client.Schedules;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Schedules.</summary>
public abstract class ScheduleBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Schedule_WithAnInterval_StartsItsWorkflow() => WithScheduleAsync(
        new() { Intervals = [new(TimeSpan.FromSeconds(1))] },
        new(),
        async handle => await EventuallyAsync(async () => (await handle.DescribeAsync()).Info.NumActions >= 1));

    [Fact]
    public Task Schedule_Paused_StartsOnlyWhenTriggered() => WithScheduleAsync(
        new() { Intervals = [new(TimeSpan.FromSeconds(1))] },
        new() { Paused = true, Note = "stopped" },
        async handle =>
        {
            var description = await handle.DescribeAsync();
            description.Schedule.State.Paused.ShouldBeTrue();
            description.Schedule.State.Note.ShouldBe("stopped");
            await handle.TriggerAsync();
            await EventuallyAsync(async () => (await handle.DescribeAsync()).Info.RecentActions.Count > 0);
            var action = (await handle.DescribeAsync()).Info.RecentActions.Single().Action
                .ShouldBeOfType<ScheduleActionExecutionStartWorkflow>();
            (await Client.GetWorkflowHandle(action.WorkflowId).GetResultAsync<string>()).ShouldBe("scheduled");
        });

    [Fact]
    public Task Schedule_PausedAndUnpaused_SaysSo() => WithScheduleAsync(
        new() { CronExpressions = ["0 12 * * MON"], TimeZoneName = "Europe/Berlin" },
        new(),
        async handle =>
        {
            await handle.PauseAsync("by an operator");
            (await handle.DescribeAsync()).Schedule.State.Paused.ShouldBeTrue();
            (await handle.DescribeAsync()).Schedule.State.Note.ShouldBe("by an operator");
            await handle.UnpauseAsync("go on");
            (await handle.DescribeAsync()).Schedule.State.Paused.ShouldBeFalse();
            (await handle.DescribeAsync()).Schedule.State.Note.ShouldBe("go on");
        });

    [Fact]
    public Task Schedule_Updated_HasItsNewTimes() => WithScheduleAsync(
        new() { Intervals = [new(TimeSpan.FromHours(1))] },
        new(),
        async handle =>
        {
            await handle.UpdateAsync(input => new ScheduleUpdate(input.Description.Schedule with
            {
                Spec = new() { Intervals = [new(TimeSpan.FromHours(2))] },
            }));
            (await handle.DescribeAsync()).Schedule.Spec.Intervals.Single().Every.ShouldBe(TimeSpan.FromHours(2));
        });

    [Fact]
    public Task Schedule_WithHoursInATimeZone_KnowsItsNextTimes() => WithScheduleAsync(
        new() { Intervals = [new(TimeSpan.FromHours(1))] },
        new() { Paused = true },
        async handle =>
        {
            await handle.UpdateAsync(input => new ScheduleUpdate(input.Description.Schedule with
            {
                Spec = new() { Calendars = [new() { Hour = [new(9)], DayOfWeek = [new(1, 5)] }], TimeZoneName = "Europe/Berlin" },
            }));
            var description = await handle.DescribeAsync();
            description.Schedule.Spec.TimeZoneName.ShouldBe("Europe/Berlin");
            description.Info.NextActionTimes.Count.ShouldBe(10);
            description.Info.NextActionTimes.ShouldAllBe(t => t.Minute == 0 && t.DayOfWeek != DayOfWeek.Saturday && t.DayOfWeek != DayOfWeek.Sunday);
        });

    [Fact]
    public Task Schedule_BackfilledAndTriggered_StartsARunForEach() => WithScheduleAsync(
        new() { Intervals = [new(TimeSpan.FromHours(1))] },
        new() { Paused = true },
        async handle =>
        {
            await handle.TriggerAsync(new() { Overlap = Api.Enums.V1.ScheduleOverlapPolicy.AllowAll });
            await EventuallyAsync(async () => (await handle.DescribeAsync()).Info.NumActions == 1);
            var from = new DateTime(2026, 1, 1, 0, 30, 0, DateTimeKind.Utc);
            await handle.BackfillAsync([new(from, from.AddHours(2), Api.Enums.V1.ScheduleOverlapPolicy.AllowAll)]);
            await EventuallyAsync(async () => (await handle.DescribeAsync()).Info.NumActions == 3);
        });

    [Fact]
    public Task Schedule_ListedThenDeleted_IsGone() => WithWorkerAsync(
        options => options.AddWorkflow<ScheduledWorkflow>(),
        async queue =>
        {
            var handle = await Client.CreateScheduleAsync(NewId("schedule"), new(ActionOn(queue), new() { Intervals = [new(TimeSpan.FromHours(1))] }));
            await EventuallyAsync(() => Client.ListSchedulesAsync().AnyAsync(s => s.Id == handle.Id).AsTask());
            await handle.DeleteAsync();
            (await Should.ThrowAsync<RpcException>(() => handle.DescribeAsync())).Code.ShouldBe(RpcException.StatusCode.NotFound);
            await EventuallyAsync(async () => !await Client.ListSchedulesAsync().AnyAsync(s => s.Id == handle.Id));
        });

    [Fact]
    public Task Schedule_CreatedTwice_IsRefused() => WithScheduleAsync(
        new() { Intervals = [new(TimeSpan.FromHours(1))] },
        new(),
        async handle => await Should.ThrowAsync<ScheduleAlreadyRunningException>(() => Client.CreateScheduleAsync(
            handle.Id, new(ActionOn("anywhere"), new() { Intervals = [new(TimeSpan.FromHours(1))] }))));

    private static ScheduleActionStartWorkflow ActionOn(string queue) =>
        ScheduleActionStartWorkflow.Create((ScheduledWorkflow wf) => wf.RunAsync(), Options(queue));

    private Task WithScheduleAsync(ScheduleSpec spec, ScheduleState state, Func<ScheduleHandle, Task> test, [CallerMemberName] string name = "") => WithWorkerAsync(
        options => options.AddWorkflow<ScheduledWorkflow>(),
        async queue =>
        {
            var handle = await Client.CreateScheduleAsync(NewId("schedule"), new(ActionOn(queue), spec) { State = state });
            try
            {
                await test(handle);
            }
            finally
            {
                await handle.DeleteAsync();
            }
        },
        name);

    [Workflow]
    public class ScheduledWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync() => Task.FromResult("scheduled");
    }
}
