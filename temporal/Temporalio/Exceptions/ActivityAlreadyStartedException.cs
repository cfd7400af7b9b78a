namespace Temporalio.Exceptions;

/// <summary>Thrown when a standalone activity cannot start because its id is in use.</summary>
public class ActivityAlreadyStartedException : FailureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Message.</param>
    /// <param name="activityId">Id in use.</param>
    /// <param name="activityType">Type that was to be started.</param>
    /// <param name="runId">Run that uses the id, if the server told it.</param>
    public ActivityAlreadyStartedException(string message, string activityId, string activityType, string? runId)
        : base(message)
    {
        ActivityId = activityId;
        ActivityType = activityType;
        RunId = runId;
    }

    /// <summary>Id in use.</summary>
    public string ActivityId { get; private init; }

    /// <summary>Type that was to be started.</summary>
    public string ActivityType { get; private init; }

    /// <summary>Run that uses the id, if the server told it.</summary>
    public string? RunId { get; private init; }
}
