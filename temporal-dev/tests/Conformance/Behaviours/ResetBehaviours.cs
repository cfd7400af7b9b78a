using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Reset: the part of history that is kept is replayed, the rest runs anew with other random numbers.</summary>
public abstract class ResetBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Reset_ToTheFirstTask_RunsAgainWithTheSameInput() => WithWorkerAsync(
        options => options.AddWorkflow<TwoStepsWorkflow>().AddAllActivities(new Acts()),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((TwoStepsWorkflow wf) => wf.RunAsync("input"), Options(queue));
            var first = await handle.GetResultAsync();
            var task = (await EventsAsync(handle)).First(e => e.EventType == EventType.WorkflowTaskCompleted);

            var reset = await Client.Connection.WorkflowService.ResetWorkflowExecutionAsync(new()
            {
                Namespace = Client.Options.Namespace,
                WorkflowExecution = new() { WorkflowId = handle.Id, RunId = handle.ResultRunId },
                WorkflowTaskFinishEventId = task.EventId,
                RequestId = Guid.NewGuid().ToString(),
                Reason = "conformance",
            });

            var second = await Client.GetWorkflowHandle<TwoStepsWorkflow, string[]>(handle.Id, reset.RunId).GetResultAsync();
            second[0].ShouldBe("input");
            second[1].ShouldNotBe(first[1]);
        });

    [Workflow]
    public class TwoStepsWorkflow
    {
        [WorkflowRun]
        public async Task<string[]> RunAsync(string input)
        {
            var echoed = await Workflow.ExecuteActivityAsync(
                (Acts acts) => acts.Echo(input), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
            return [echoed, Workflow.NewGuid().ToString()];
        }
    }

    /// <summary>The activities of this area.</summary>
    public class Acts
    {
        [Activity]
        public string Echo(string text) => text;
    }
}
