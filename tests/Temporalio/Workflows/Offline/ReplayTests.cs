using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Altered code against old histories: what must be found out, and what a patch allows.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData(typeof(OtherActivityWorkflow), "Three")]
    [InlineData(typeof(NoTimerWorkflow), "timer")]
    [InlineData(typeof(ExtraActivityWorkflow), "Extra")]
    [InlineData(typeof(EarlyEndWorkflow), "timer")]
    public async Task Replay_AlteredWorkflow_IsFoundOut(Type altered, string named)
    {
        var history = await FinishedAsync<StepsWorkflow>("One");
        var failure = (await history.ReplayAsync(Temporalio.Workflows.WorkflowDefinition.Create(altered), throwOnFailure: false)).ReplayFailure;
        failure.ShouldBeOfType<WorkflowNondeterminismException>().Message.ShouldContain("TMPRL1100");
        failure.Message.ShouldContain(named, Case.Insensitive);
        await Should.ThrowAsync<WorkflowNondeterminismException>(
            () => history.ReplayAsync(Temporalio.Workflows.WorkflowDefinition.Create(altered)));
    }

    [Fact]
    public async Task Replay_OneActivityMoreThanAnOpenHistoryHolds_IsFoundOut()
    {
        var workflow = OfflineWorkflow.Of<StepsWorkflow>();
        await workflow.TaskAsync();
        workflow.CompleteActivity("1", "a");
        await workflow.TaskAsync();
        workflow.FireTimer("1");
        await workflow.TaskAsync();
        (await workflow.ReplayAsync<ExtraActivityWorkflow>(throwOnFailure: false)).ReplayFailure.ShouldBeOfType<WorkflowNondeterminismException>();
    }

    [Fact]
    public async Task Replay_UnpatchedHistoryWithPatchedCode_TakesTheOldPath()
    {
        var history = await FinishedAsync<StepsWorkflow>("One");
        (await history.ReplayAsync<PatchedStepsWorkflow>()).ReplayFailure.ShouldBeNull();
    }

    [Fact]
    public async Task Patched_NewRun_WritesMarkerAndSearchAttribute()
    {
        var workflow = OfflineWorkflow.Of<PatchedStepsWorkflow>();
        var commands = await workflow.TaskAsync();
        commands.Select(c => c.CommandType).ShouldBe(
            [CommandType.RecordMarker, CommandType.UpsertWorkflowSearchAttributes, CommandType.ScheduleActivityTask]);
        commands[0].RecordMarkerCommandAttributes.MarkerName.ShouldBe("core_patch");
        commands[0].RecordMarkerCommandAttributes.Details["patch-data"].Payloads_[0].Data.ToStringUtf8()
            .ShouldBe("""{"id":"better","deprecated":false}""");
        commands[1].UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes
            .IndexedFields[WorkflowMachines.ChangeVersionKey].Data.ToStringUtf8().ShouldBe("""["better"]""");
        commands[2].ScheduleActivityTaskCommandAttributes.ActivityType.Name.ShouldBe("Better");
    }

    [Fact]
    public async Task Patched_ThatTheWorkerDeclines_StaysOnTheOldWayAndIsNotRecorded()
    {
        var asked = new List<PatchActivationInput>();
        var workflow = OfflineWorkflow.Of(typeof(PatchedStepsWorkflow), o => o with
        {
            PatchActivation = input =>
            {
                asked.Add(input);
                return false;
            },
        });

        var commands = await workflow.TaskAsync();

        commands.Single().ScheduleActivityTaskCommandAttributes.ActivityType.Name.ShouldBe("One");
        var input = asked.ShouldHaveSingleItem();
        (input.PatchId, input.WorkflowInfo.WorkflowId).ShouldBe(("better", "offline"));
        (await workflow.ReplayAsync<PatchedStepsWorkflow>()).ReplayFailure.ShouldBeNull();
    }

    [Fact]
    public async Task Patched_WhoseDecisionChangesTheWorkflow_FailsTheTask()
    {
        var workflow = OfflineWorkflow.Of(typeof(PatchedStepsWorkflow), o => o with
        {
            PatchActivation = _ => Workflow.DelayAsync(1).IsCompleted,
        });

        (await Should.ThrowAsync<Exception>(workflow.TaskAsync)).ToString().ShouldContain("Patch activation callback for better created workflow commands");
    }

    [Fact]
    public async Task Replay_PatchedHistory_WithEachLaterCode()
    {
        var history = await FinishedAsync<PatchedStepsWorkflow>("Better");
        (await history.ReplayAsync<PatchedStepsWorkflow>()).ReplayFailure.ShouldBeNull();
        (await history.ReplayAsync<DeprecatedStepsWorkflow>()).ReplayFailure.ShouldBeNull();
        // The marker of a patch whose old path may still exist must not be passed over.
        (await history.ReplayAsync<BetterStepsWorkflow>(throwOnFailure: false)).ReplayFailure.ShouldBeOfType<WorkflowNondeterminismException>();
        (await history.ReplayAsync<StepsWorkflow>(throwOnFailure: false)).ReplayFailure.ShouldBeOfType<WorkflowNondeterminismException>();
    }

    [Fact]
    public async Task Replay_DeprecatedPatch_MayBeForgotten()
    {
        var history = await FinishedAsync<DeprecatedStepsWorkflow>("Better");
        (await history.ReplayAsync<DeprecatedStepsWorkflow>()).ReplayFailure.ShouldBeNull();
        (await history.ReplayAsync<BetterStepsWorkflow>()).ReplayFailure.ShouldBeNull();
        (await history.ReplayAsync<PatchedStepsWorkflow>()).ReplayFailure.ShouldBeNull();
    }

    [Fact]
    public async Task Replay_HistoryWithoutStart_IsRefused()
    {
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<StepsWorkflow>());
        await Should.ThrowAsync<ArgumentException>(() => replayer.ReplayWorkflowAsync(new("empty", [])));
    }

    [Fact]
    public async Task Replay_UnknownWorkflowType_SaysWhichAreKnown()
    {
        var history = await FinishedAsync<StepsWorkflow>("One");
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<OrderWorkflow>());
        var result = await replayer.ReplayWorkflowAsync(new("offline", history.Events), throwOnReplayFailure: false);
        result.ReplayFailure!.Message.ShouldContain("Steps is not registered");
        result.ReplayFailure.Message.ShouldContain("OrderWorkflow");
    }

    private static async Task<OfflineWorkflow> FinishedAsync<T>(string firstActivity)
    {
        var workflow = OfflineWorkflow.Of<T>();
        Activity(await workflow.TaskAsync()).ShouldBe(firstActivity);
        workflow.CompleteActivity("1", "a");
        await workflow.TaskAsync();
        workflow.FireTimer("1");
        Activity(await workflow.TaskAsync()).ShouldBe("Two");
        workflow.CompleteActivity("2", "b");
        RunTests.ResultOf(await workflow.TaskAsync()).ShouldBe("ab");
        return workflow;
    }

    private static string Activity(IReadOnlyList<Command> commands) =>
        commands.Single(c => c.CommandType == CommandType.ScheduleActivityTask).ScheduleActivityTaskCommandAttributes.ActivityType.Name;
}
