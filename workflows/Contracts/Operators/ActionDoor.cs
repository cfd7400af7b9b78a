namespace Settlement.Workflows.Contracts;

/// <summary>How the command line performs an action.</summary>
public enum ActionDoor
{
    /// <summary><c>temporal workflow update execute --workflow-id settlement-… --name …</c></summary>
    Update,

    /// <summary><c>temporal workflow execute --task-queue settlements --type …</c></summary>
    Workflow,
}
