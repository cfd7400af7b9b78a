using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

/// <summary>How far an update has come.</summary>
public enum WorkflowUpdateStage
{
    /// <summary>Not set; cannot be waited for.</summary>
    None = UpdateWorkflowExecutionLifecycleStage.Unspecified,

    /// <summary>The server has it; cannot be waited for.</summary>
    Admitted = UpdateWorkflowExecutionLifecycleStage.Admitted,

    /// <summary>The workflow has accepted or rejected it.</summary>
    Accepted = UpdateWorkflowExecutionLifecycleStage.Accepted,

    /// <summary>The workflow has finished it, with a result or a failure.</summary>
    Completed = UpdateWorkflowExecutionLifecycleStage.Completed,
}
