using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Order of events, commands, time and chance.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task Task_ActivitiesAndTimer_AreAskedForOneAfterTheOther()
    {
        var workflow = OfflineWorkflow.Of<StepsWorkflow>();
        (await workflow.TaskAsync()).Single().ScheduleActivityTaskCommandAttributes.ActivityId.ShouldBe("1");
        workflow.CompleteActivity("1", "a");
        (await workflow.TaskAsync()).Single().StartTimerCommandAttributes.TimerId.ShouldBe("1");
        workflow.FireTimer("1");
        (await workflow.TaskAsync()).Single().ScheduleActivityTaskCommandAttributes.ActivityId.ShouldBe("2");
        workflow.CompleteActivity("2", "b");
        ResultOf(await workflow.TaskAsync()).ShouldBe("ab");
        (await workflow.ReplayAsync<StepsWorkflow>()).ReplayFailure.ShouldBeNull();
    }

    [Fact]
    public async Task Task_SignalsBeforeTheFirstTask_AreHandledBeforeMainBegins()
    {
        var workflow = OfflineWorkflow.Of<OrderWorkflow>();
        workflow.Signal("Note", "signal");
        await workflow.TaskAsync();
        workflow.Signal("Both");
        workflow.Signal("Note", "last");
        await workflow.TaskAsync();
        workflow.Signal("Second");
        ResultOf(await workflow.TaskAsync()).ShouldBe("signal,main,last,first,second");
        await workflow.ReplayAsync<OrderWorkflow>();
    }

    [Fact]
    public async Task Task_TwoConditionsHold_MeetsThemOneAtATime()
    {
        var workflow = OfflineWorkflow.Of<OrderWorkflow>();
        await workflow.TaskAsync();
        workflow.Signal("Both");
        (await workflow.TaskAsync()).ShouldBeEmpty();
        workflow.Signal("Second");
        ResultOf(await workflow.TaskAsync()).ShouldBe("main,first,second");
        await workflow.ReplayAsync<OrderWorkflow>();
    }

    [Fact]
    public async Task Task_WorkAfterTheEnd_PutsTheEndLast()
    {
        var workflow = OfflineWorkflow.Of<EndsFirstWorkflow>();
        var commands = await workflow.TaskAsync();
        commands.Select(c => c.CommandType).ShouldBe([CommandType.StartTimer, CommandType.CompleteWorkflowExecution]);
        await workflow.ReplayAsync<EndsFirstWorkflow>();
    }

    [Theory]
    [InlineData(ActivityCancellationType.TryCancel)]
    [InlineData(ActivityCancellationType.WaitCancellationCompleted)]
    [InlineData(ActivityCancellationType.Abandon)]
    public async Task Cancel_BeforeTheTaskEnds_SendsNothing(ActivityCancellationType type)
    {
        var workflow = OfflineWorkflow.Of<CancellingWorkflow>(type, true);
        var commands = await workflow.TaskAsync();
        commands.Single().CommandType.ShouldBe(CommandType.CompleteWorkflowExecution);
        ResultOf(commands).ShouldBe("2 cancelled");
        await workflow.ReplayAsync<CancellingWorkflow>();
    }

    [Theory]
    [InlineData(ActivityCancellationType.TryCancel, CommandType.RequestCancelActivityTask)]
    [InlineData(ActivityCancellationType.Abandon, null)]
    public async Task Cancel_WithoutWaiting_EndsTheActivityAtOnce(ActivityCancellationType type, CommandType? expected)
    {
        var workflow = OfflineWorkflow.Of<CancellingWorkflow>(type, false);
        await workflow.TaskAsync();
        workflow.FireTimer("2");
        var commands = await workflow.TaskAsync();
        ResultOf(commands).ShouldBe("2 cancelled");
        commands.Any(c => c.CommandType == CommandType.CancelTimer).ShouldBeTrue();
        commands.Any(c => c.CommandType == CommandType.RequestCancelActivityTask).ShouldBe(expected != null);
        await workflow.ReplayAsync<CancellingWorkflow>();
    }

    [Fact]
    public async Task Cancel_WaitingForTheActivity_EndsItWhenItSays()
    {
        var workflow = OfflineWorkflow.Of<CancellingWorkflow>(ActivityCancellationType.WaitCancellationCompleted, false);
        await workflow.TaskAsync();
        workflow.FireTimer("2");
        (await workflow.TaskAsync()).Select(c => c.CommandType)
            .ShouldBe([CommandType.CancelTimer, CommandType.RequestCancelActivityTask], ignoreOrder: true);
        workflow.CancelActivity("1");
        ResultOf(await workflow.TaskAsync()).ShouldBe("2 cancelled");
        await workflow.ReplayAsync<CancellingWorkflow>();
    }

    [Fact]
    public async Task CancelRequest_WorkflowThatCleansUp_EndsAsCancelledAfterwards()
    {
        var workflow = OfflineWorkflow.Of<CleanupWorkflow>();
        await workflow.TaskAsync();
        workflow.RequestCancel();
        (await workflow.TaskAsync()).Select(c => c.CommandType).ShouldBe([CommandType.CancelTimer, CommandType.ScheduleActivityTask]);
        workflow.CompleteActivity("1", null);
        (await workflow.TaskAsync()).Single().CommandType.ShouldBe(CommandType.CancelWorkflowExecution);
        await workflow.ReplayAsync<CleanupWorkflow>();
    }

    [Fact]
    public async Task Random_SameRun_IsTheSameOnReplay()
    {
        var workflow = OfflineWorkflow.Of<RandomWorkflow>();
        for (var i = 1; i <= 3; i++)
        {
            await workflow.TaskAsync();
            workflow.FireTimer($"{i}");
        }
        var time = workflow.Events[^1].EventTime.ToDateTime();
        var result = DataConverter.Default.PayloadConverter.ToValue<DateTime>(
            (await workflow.TaskAsync()).Single().CompleteWorkflowExecutionCommandAttributes.Result.Payloads_[0]);
        result.ShouldBeGreaterThan(time);
        var drawn = await DrawnAsync(workflow);
        drawn.Distinct().Count().ShouldBe(3);
        drawn[0].ShouldBe(FirstGuid(RandomSeed.From("run-1")));
        await workflow.ReplayAsync<RandomWorkflow>();
    }

    [Fact]
    public async Task Random_AfterReset_ContinuesFromTheNewSeed()
    {
        var workflow = OfflineWorkflow.Of<RandomWorkflow>();
        await workflow.TaskAsync();
        workflow.FailedTask(newRunId: "run-2");
        workflow.FireTimer("1");
        await workflow.TaskAsync();
        (await DrawnAsync(workflow))[1].ShouldBe(FirstGuid(RandomSeed.From("run-2")));
        await workflow.ReplayAsync<RandomWorkflow>();
    }

    [Fact]
    public async Task Task_FailedTaskInBetween_IsNeverSeen()
    {
        var workflow = OfflineWorkflow.Of<StepsWorkflow>();
        workflow.FailedTask();
        (await workflow.TaskAsync()).Count.ShouldBe(1);
        workflow.CompleteActivity("1", "a");
        workflow.FailedTask();
        (await workflow.TaskAsync()).Single().CommandType.ShouldBe(CommandType.StartTimer);
        await workflow.ReplayAsync<StepsWorkflow>();
    }

    [Fact]
    public async Task Mutex_SeveralWait_GetInFirstComeFirstServed()
    {
        var workflow = OfflineWorkflow.Of<MutexWorkflow>();
        for (var i = 1; i <= 3; i++)
        {
            (await workflow.TaskAsync()).Single().CommandType.ShouldBe(CommandType.StartTimer);
            workflow.FireTimer($"{i}");
        }
        ResultOf(await workflow.TaskAsync()).ShouldBe("a,b,c");
        await workflow.ReplayAsync<MutexWorkflow>();
    }

    internal static string ResultOf(IReadOnlyList<Command> commands) => DataConverter.Default.PayloadConverter.ToValue<string>(
        commands[^1].CompleteWorkflowExecutionCommandAttributes.Result.Payloads_[0]);

    private static async Task<Guid[]> DrawnAsync(OfflineWorkflow workflow) =>
        DataConverter.Default.PayloadConverter.ToValue<Guid[]>((await workflow.QueryAsync("Drawn")).Answer.Payloads_[0]);

    private static Guid FirstGuid(ulong seed)
    {
        var bytes = new byte[16];
        new DeterministicRandom(seed).NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes);
    }
}
