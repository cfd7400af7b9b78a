namespace Temporalio.Client;

/// <summary>Options of an update that may start its workflow. <see cref="StartWorkflowOperation"/> is required.</summary>
public class WorkflowUpdateWithStartOptions : WorkflowUpdateOptions
{
    /// <summary>Creates options; the start operation is still to be set.</summary>
    public WorkflowUpdateWithStartOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="startWorkflowOperation">How to start the workflow if it does not run.</param>
    public WorkflowUpdateWithStartOptions(WithStartWorkflowOperation startWorkflowOperation) =>
        StartWorkflowOperation = startWorkflowOperation;

    /// <summary>Creates options.</summary>
    /// <param name="id">Id of the update.</param>
    /// <param name="startWorkflowOperation">How to start the workflow if it does not run.</param>
    public WorkflowUpdateWithStartOptions(string id, WithStartWorkflowOperation startWorkflowOperation)
        : base(id) => StartWorkflowOperation = startWorkflowOperation;

    /// <summary>How to start the workflow if it does not run.</summary>
    public WithStartWorkflowOperation? StartWorkflowOperation { get; set; }

    /// <summary>Makes a copy, start operation included.</summary>
    /// <returns>The copy.</returns>
    public override object Clone()
    {
        var copy = (WorkflowUpdateWithStartOptions)base.Clone();
        copy.StartWorkflowOperation = (WithStartWorkflowOperation?)StartWorkflowOperation?.Clone();
        return copy;
    }
}
