namespace Temporalio.Workflows;

/// <summary>Options of a Nexus operation.</summary>
public class NexusOperationOptions : ICloneable
{
    /// <summary>Gets or sets the longest from the start of the operation to its end, retries included; unset means the server's most.</summary>
    public TimeSpan? ScheduleToCloseTimeout { get; set; }

    /// <summary>Gets or sets the longest until the handler has answered the start.</summary>
    public TimeSpan? ScheduleToStartTimeout { get; set; }

    /// <summary>Gets or sets the longest from the answer to the start until the end of an asynchronous operation.</summary>
    public TimeSpan? StartToCloseTimeout { get; set; }

    /// <summary>Gets or sets one line about the operation, shown by user interfaces.</summary>
    public string? Summary { get; set; }

    /// <summary>Gets or sets what a cancellation does.</summary>
    public NexusOperationCancellationType CancellationType { get; set; }

    /// <summary>Gets or sets what cancels the operation; unset means the workflow's cancellation.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
