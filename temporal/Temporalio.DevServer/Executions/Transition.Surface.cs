using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Executions;

internal sealed partial class Transition
{
    /// <summary>Begins a new run with another's past.</summary>
    public static Transition Reset(ResetFacts facts, TransitionContext context) => throw new NotSupportedException();

    /// <summary>Records on the base run that it was reset, before it is terminated.</summary>
    public void NoteReset(string newRunId) => throw new NotSupportedException();

    public void PauseActivity(PauseActivityRequest request) => throw new NotSupportedException();

    public void UnpauseActivity(UnpauseActivityRequest request) => throw new NotSupportedException();

    public void ResetActivity(ResetActivityRequest request) => throw new NotSupportedException();

    public ActivityOptions UpdateActivityOptions(UpdateActivityOptionsRequest request) => throw new NotSupportedException();

    public WorkflowExecutionOptions UpdateOptions(WorkflowExecutionOptions options, FieldMask mask, string identity) => throw new NotSupportedException();

    private void BeginAnew(ActivityState activity, Failure? failure) => throw new NotSupportedException();
}
