namespace GrpcWire.Server.Internal;

/// <summary>Joins the end of the connection and the caller's deadline.</summary>
internal sealed class GrpcServerLifetime(CancellationToken aborted) : IDisposable
{
    private CancellationTokenSource? deadlineSource;
    private CancellationTokenSource? linked;

    /// <summary>Gets when the caller gives up; null for never.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>Gets the token that either end cancels.</summary>
    public CancellationToken Token => linked?.Token ?? aborted;

    /// <summary>Gets a value indicating whether the deadline has passed.</summary>
    public bool IsPastDeadline => deadlineSource is { IsCancellationRequested: true };

    /// <summary>Starts the clock.</summary>
    /// <param name="timeout">The caller's timeout, null for none.</param>
    public void SetDeadline(TimeSpan? timeout)
    {
        if (timeout is not { } time) return;
        // Longer than a timer can run, or than a date can say, is for ever.
        if (time.TotalMilliseconds >= uint.MaxValue - 1) return;
        Deadline = DateTimeOffset.UtcNow + time;
        deadlineSource = new CancellationTokenSource(time);
        linked = CancellationTokenSource.CreateLinkedTokenSource(deadlineSource.Token, aborted);
    }

    public void Dispose()
    {
        linked?.Dispose();
        deadlineSource?.Dispose();
    }
}
