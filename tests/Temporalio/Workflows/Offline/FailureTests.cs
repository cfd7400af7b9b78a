using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.WorkflowRuntime;
using Temporalio.Worker.WorkflowTasks;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>What fails the workflow, what fails its task, and what must not be done at all.</summary>
public sealed class FailureTests : IDisposable
{
    public FailureTests() => WorkflowEscapeListener.Instance.Register();

    public void Dispose() => WorkflowEscapeListener.Instance.Unregister();

    [Theory]
    [InlineData("application")]
    [InlineData("configured")]
    public async Task Run_AgreedException_FailsTheWorkflow(string way)
    {
        var workflow = OfflineWorkflow.Of<FailingWorkflow>(way);
        (await workflow.TaskAsync()).Single().CommandType.ShouldBe(CommandType.FailWorkflowExecution);
        await workflow.ReplayAsync<FailingWorkflow>();
    }

    [Fact]
    public async Task Run_OtherException_FailsTheTask()
    {
        var workflow = OfflineWorkflow.Of<FailingWorkflow>("bug");
        (await Should.ThrowAsync<WorkflowTaskFailure>(() => workflow.TaskAsync())).Failure.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task Run_ExceptionTypesOfTheWorker_FailTheWorkflow()
    {
        var workflow = OfflineWorkflow.Of(
            typeof(FailingWorkflow), o => o with { FailureExceptionTypes = [typeof(InvalidOperationException)] }, "bug");
        (await workflow.TaskAsync()).Single().CommandType.ShouldBe(CommandType.FailWorkflowExecution);
    }

    [Theory]
    [InlineData("Task.Run")]
    [InlineData("Task.Delay")]
    [InlineData("Timer")]
    public async Task Run_WorkOutsideTheScheduler_FailsTheTask(string way)
    {
        var workflow = OfflineWorkflow.Of<FailingWorkflow>(way);
        (await Should.ThrowAsync<WorkflowTaskFailure>(() => workflow.TaskAsync()))
            .Failure.ShouldBeAssignableTo<InvalidWorkflowOperationException>();
    }

    [Fact]
    public async Task Run_ConfigureAwaitFalse_FailsTheTask()
    {
        var workflow = OfflineWorkflow.Of<FailingWorkflow>("ConfigureAwait");
        await workflow.TaskAsync();
        workflow.FireTimer("1");
        await Should.ThrowAsync<WorkflowTaskFailure>(() => workflow.TaskAsync());
    }

    [Theory]
    [InlineData("allowed")]
    [InlineData("Task.Yield")]
    [InlineData("ContinueWith")]
    public async Task Run_WorkThatIsAllowed_Completes(string way)
    {
        var workflow = OfflineWorkflow.Of<FailingWorkflow>(way);
        (await workflow.TaskAsync()).Single().CommandType.ShouldBe(CommandType.CompleteWorkflowExecution);
    }

    [Fact]
    public async Task Run_HoldsItsThread_FailsTheTaskAsDeadlocked()
    {
        var workflow = OfflineWorkflow.Of(typeof(StuckWorkflow), o => o with { DeadlockTimeout = TimeSpan.FromMilliseconds(200) });
        try
        {
            var failure = (await Should.ThrowAsync<WorkflowTaskFailure>(() => workflow.TaskAsync())).Failure;
            failure.Message.ShouldContain("TMPRL1101");
            failure.Message.ShouldContain(nameof(StuckWorkflow));
        }
        finally
        {
            StuckWorkflow.Released.Set();
        }
    }

    [Fact]
    public async Task Replay_FailingTask_IsReportedWithItsCause()
    {
        var workflow = OfflineWorkflow.Of<FailingWorkflow>("application");
        await workflow.TaskAsync();
        var definition = Temporalio.Workflows.WorkflowDefinition.Create(typeof(BrokenWorkflow), nameof(FailingWorkflow), null);
        var result = await workflow.ReplayAsync(definition, throwOnFailure: false);
        result.ReplayFailure.ShouldBeOfType<InvalidWorkflowOperationException>().Message.ShouldContain("broken by a later change");
    }
}
