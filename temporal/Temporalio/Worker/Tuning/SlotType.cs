namespace Temporalio.Worker.Tuning;

/// <summary>Kinds of work that a worker limits by slots.</summary>
public enum SlotType
{
    /// <summary>Workflow tasks.</summary>
    Workflow,

    /// <summary>Activity tasks.</summary>
    Activity,

    /// <summary>Local activities.</summary>
    LocalActivity,

    /// <summary>Nexus operations.</summary>
    NexusOperation,
}
