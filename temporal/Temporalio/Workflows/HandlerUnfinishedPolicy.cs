namespace Temporalio.Workflows;

/// <summary>
/// What to do when a workflow ends while a signal or update handler is still running.
/// </summary>
public enum HandlerUnfinishedPolicy
{
    /// <summary>Log a warning and give the handler up. Callers of an update get an error.</summary>
    WarnAndAbandon,

    /// <summary>Give the handler up without a word.</summary>
    Abandon,
}
