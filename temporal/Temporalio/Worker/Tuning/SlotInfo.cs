namespace Temporalio.Worker.Tuning;

/// <summary>What occupies a slot.</summary>
public record SlotInfo
{
    private SlotInfo()
    {
    }

    /// <summary>A workflow task.</summary>
    /// <param name="WorkflowType">Workflow type name.</param>
    /// <param name="IsSticky">Whether it came over the worker's own sticky queue.</param>
    public record WorkflowSlotInfo(string WorkflowType, bool IsSticky) : SlotInfo();

    /// <summary>An activity attempt.</summary>
    /// <param name="ActivityType">Activity type name.</param>
    public record ActivitySlotInfo(string ActivityType) : SlotInfo();

    /// <summary>A local activity attempt.</summary>
    /// <param name="ActivityType">Activity type name.</param>
    public record LocalActivitySlotInfo(string ActivityType) : SlotInfo();

    /// <summary>A Nexus operation.</summary>
    /// <param name="ServiceHandlerType">Service name.</param>
    /// <param name="OperationName">Operation name.</param>
    public record NexusOperationSlotInfo(string ServiceHandlerType, string OperationName) : SlotInfo();
}
