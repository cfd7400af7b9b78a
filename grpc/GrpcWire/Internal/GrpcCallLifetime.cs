namespace GrpcWire.Internal;

/// <summary>Joins a call's deadline and its caller's token, and says afterwards which of them ended it.</summary>
internal sealed class GrpcCallLifetime : IDisposable
{
    private readonly CancellationToken callerToken;
    private readonly CancellationTokenSource? deadline;
    private readonly CancellationTokenSource? linked;

    public GrpcCallLifetime(GrpcCallOptions call)
    {
        callerToken = call.CancellationToken;
        Token = callerToken;
        if (call.Timeout is not { } timeout) return;
        if (timeout <= TimeSpan.Zero) throw GrpcErrors.DeadlineExceeded();
        // A timer takes at most about 49 days; a longer deadline is none in practice.
        if (timeout.TotalMilliseconds >= uint.MaxValue - 1) return;
        deadline = new CancellationTokenSource(timeout);
        Token = deadline.Token;
        if (!callerToken.CanBeCanceled) return;
        linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, callerToken);
        Token = linked.Token;
    }

    public CancellationToken Token { get; }

    /// <summary>Says what an exception during the call means.</summary>
    /// <param name="error">The exception.</param>
    /// <returns>What to throw instead, or null if it stands as it is.</returns>
    public Exception? Explain(Exception error)
    {
        if (error is GrpcException && !callerToken.IsCancellationRequested) return null;
        if (error is not (GrpcException or OperationCanceledException or HttpRequestException or IOException)) return null;
        if (error is GrpcException { IsTransportFailure: false }) return null;
        if (callerToken.IsCancellationRequested) return new OperationCanceledException("The call was cancelled", error, callerToken);
        if (deadline is { IsCancellationRequested: true }) return GrpcErrors.DeadlineExceeded();
        return GrpcTransportErrors.Translate(error);
    }

    public void Dispose()
    {
        linked?.Dispose();
        deadline?.Dispose();
    }
}
