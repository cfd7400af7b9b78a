namespace NexusRpc;

/// <summary>State of an operation.</summary>
public enum OperationState
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It succeeded.</summary>
    Succeeded,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was canceled.</summary>
    Canceled,
}
