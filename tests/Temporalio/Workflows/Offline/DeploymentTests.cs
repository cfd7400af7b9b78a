using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>What a workflow knows of deployment versions, and how it moves to another.</summary>
public sealed class DeploymentTests
{
    [Fact]
    public async Task Task_OfAWorkerWithADeployment_KnowsItsVersionAndWhatTheServerSuggests()
    {
        var workflow = OfflineWorkflow.Of(typeof(MovingWorkflow), o => o with { Deployment = new("bank", "2") });
        await workflow.TaskAsync();
        workflow.TaskStarted = started =>
        {
            started.SuggestContinueAsNew = true;
            started.SuggestContinueAsNewReasons.Add(Api.Enums.V1.SuggestContinueAsNewReason.TooManyHistoryEvents);
            started.TargetWorkerDeploymentVersionChanged = true;
        };
        workflow.Signal("Move");

        var moved = (await workflow.TaskAsync()).Single().ContinueAsNewWorkflowExecutionCommandAttributes;

        DataConverter.Default.PayloadConverter.ToValue<string>(moved.Input.Payloads_.Single())
            .ShouldBe("bank.2 2 False  -> bank.2 2 True TooManyHistoryEvents");
        moved.InitialVersioningBehavior.ShouldBe(ContinueAsNewVersioningBehavior.AutoUpgrade);
        moved.BackoffStartInterval.ToTimeSpan().ShouldBe(TimeSpan.FromSeconds(7));
        (await workflow.ReplayAsync<MovingWorkflow>()).ReplayFailure.ShouldBeNull();
    }

    [Theory]
    [InlineData("2", ".2 2 False ")]
    [InlineData(null, "none  False ")]
    public async Task Task_OfAWorkerWithoutADeployment_KnowsABuildIdAtMost(string? buildId, string seen)
    {
        var workflow = OfflineWorkflow.Of(typeof(MovingWorkflow), o => o with { Deployment = buildId == null ? null : new(string.Empty, buildId) });
        workflow.Signal("Move");

        var moved = (await workflow.TaskAsync()).Single().ContinueAsNewWorkflowExecutionCommandAttributes;

        DataConverter.Default.PayloadConverter.ToValue<string>(moved.Input.Payloads_.Single()).ShouldBe($"{seen} -> {seen}");
    }

    [Workflow]
    public sealed class MovingWorkflow
    {
        private bool move;

        [WorkflowRun]
        public async Task RunAsync()
        {
            var first = Seen();
            await Workflow.WaitConditionAsync(() => move);
            throw Workflow.CreateContinueAsNewException(
                nameof(MovingWorkflow),
                [$"{first} -> {Seen()}"],
                new() { InitialVersioningBehavior = InitialVersioningBehavior.AutoUpgrade, BackoffStartInterval = TimeSpan.FromSeconds(7) });
        }

        [WorkflowSignal]
        public Task MoveAsync()
        {
            move = true;
            return Task.CompletedTask;
        }

        private static string Seen() =>
            $"{Workflow.CurrentDeploymentVersion?.ToCanonicalString() ?? "none"} {Workflow.CurrentBuildId} {Workflow.TargetWorkerDeploymentVersionChanged} {string.Join(',', Workflow.SuggestedContinueAsNewReasons)}";
    }
}
