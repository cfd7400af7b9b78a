namespace Temporalio.Workflows;

/// <summary>
/// What the server does with an open child workflow when its parent ends.
/// </summary>
public enum ParentClosePolicy
{
    /// <summary>The server's default.</summary>
    Unspecified = 0,

    /// <summary>End the child without giving it a chance to clean up.</summary>
    Terminate = 1,

    /// <summary>Leave the child alone.</summary>
    Abandon = 2,

    /// <summary>Ask the child to cancel.</summary>
    RequestCancel = 3,
}
