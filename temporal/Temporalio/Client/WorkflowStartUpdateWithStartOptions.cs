namespace Temporalio.Client;

/// <summary>
/// Options of starting an update that may start its workflow. The start operation and <see cref="WaitForStage"/> are required.
/// </summary>
public class WorkflowStartUpdateWithStartOptions : WorkflowUpdateWithStartOptions
{
    /// <summary>Creates options; start operation and stage are still to be set.</summary>
    public WorkflowStartUpdateWithStartOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="startWorkflowOperation">How to start the workflow if it does not run.</param>
    /// <param name="waitForStage">Stage to wait for.</param>
    public WorkflowStartUpdateWithStartOptions(
        WithStartWorkflowOperation startWorkflowOperation, WorkflowUpdateStage waitForStage)
        : base(startWorkflowOperation) => WaitForStage = waitForStage;

    /// <summary>Creates options.</summary>
    /// <param name="id">Id of the update.</param>
    /// <param name="startWorkflowOperation">How to start the workflow if it does not run.</param>
    /// <param name="waitForStage">Stage to wait for.</param>
    public WorkflowStartUpdateWithStartOptions(
        string id, WithStartWorkflowOperation startWorkflowOperation, WorkflowUpdateStage waitForStage)
        : base(id, startWorkflowOperation) => WaitForStage = waitForStage;

    /// <summary>Stage to wait for: accepted or completed.</summary>
    public WorkflowUpdateStage WaitForStage { get; set; }
}
