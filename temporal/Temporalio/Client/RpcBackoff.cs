using GrpcWire;

namespace Temporalio.Client;

/// <summary>Decides after each failed attempt whether and when to try again; one instance per call. Rules of the official core.</summary>
internal sealed class RpcBackoff
{
    // Some proxies answer nonsense while they start; a worker's poll forgives "fatal" codes that long.
    private static readonly TimeSpan TaskPollGrace = TimeSpan.FromSeconds(60);

    private static readonly RpcRetryOptions TaskPollOptions = new()
    {
        InitialInterval = TimeSpan.FromMilliseconds(200),
        Multiplier = 2,
        MaxInterval = TimeSpan.FromSeconds(10),
        MaxElapsedTime = null,
        MaxRetries = 0,
    };

    private static readonly RpcRetryOptions ThrottleOptions = new()
    {
        InitialInterval = TimeSpan.FromSeconds(1),
        Multiplier = 2,
        MaxInterval = TimeSpan.FromSeconds(10),
        MaxElapsedTime = null,
        MaxRetries = 0,
    };

    private readonly RpcRetryOptions options;
    private readonly RpcCallKind kind;
    private readonly TimeProvider time;
    private readonly long startedAt;
    private int throttled;

    public RpcBackoff(RpcRetryOptions options, RpcCallKind kind, TimeProvider time)
    {
        this.options = kind == RpcCallKind.TaskLongPoll ? TaskPollOptions : options;
        this.kind = kind;
        this.time = time;
        startedAt = time.GetTimestamp();
    }

    /// <summary>Gets the number of failed attempts so far.</summary>
    public int Attempt { get; private set; }

    /// <summary>Whether failures of this sort are worth a retry at all, whatever the call's limits.</summary>
    /// <param name="error">The failure.</param>
    /// <returns>True if so.</returns>
    public static bool IsRetryable(GrpcException error) => error.Status switch
    {
        GrpcStatusCode.ResourceExhausted => !IsTooLarge(error),
        GrpcStatusCode.DataLoss or GrpcStatusCode.Internal or GrpcStatusCode.Unknown or GrpcStatusCode.Aborted
            or GrpcStatusCode.OutOfRange or GrpcStatusCode.Unavailable => true,
        // A stream that the connection's end reset, not one that a person cancelled.
        GrpcStatusCode.Cancelled => error.IsTransportFailure,
        _ => false,
    };

    /// <summary>Takes note of a failed attempt.</summary>
    /// <param name="error">The failure.</param>
    /// <returns>How long to wait before the next attempt; null to give up.</returns>
    public TimeSpan? Next(GrpcException error)
    {
        Attempt++;
        if (options.MaxRetries > 0 && Attempt >= options.MaxRetries) return null;
        if (!IsRetryable(error) && !IsExpectedOfPoll(error))
            return kind == RpcCallKind.TaskLongPoll && !IsTooLarge(error) && time.GetElapsedTime(startedAt) <= TaskPollGrace ? options.MaxInterval : null;
        var wait = Jittered(options, Attempt);
        if (options.MaxElapsedTime is { } limit && time.GetElapsedTime(startedAt) + wait > limit) return null;
        if (error.Status != GrpcStatusCode.ResourceExhausted) return wait;
        // An overloaded server gets more air.
        var throttle = Jittered(ThrottleOptions, ++throttled);
        return throttle > wait ? throttle : wait;
    }

    private static bool IsTooLarge(GrpcException error) =>
        error.Status == GrpcStatusCode.ResourceExhausted
        && (error.Message.StartsWith("grpc: received message larger than max", StringComparison.Ordinal)
            || error.Message.StartsWith("grpc: trying to send message larger than max", StringComparison.Ordinal)
            || error.Message.StartsWith("grpc: message after decompression larger than max", StringComparison.Ordinal)
            || error.Message.StartsWith("grpc: received message after decompression larger than max", StringComparison.Ordinal));

    private static TimeSpan Jittered(RpcRetryOptions options, int attempt)
    {
        var wait = options.InitialInterval.TotalMilliseconds * Math.Pow(options.Multiplier, attempt - 1);
        wait = Math.Min(wait, options.MaxInterval.TotalMilliseconds);
#pragma warning disable CA5394 // Jitter is no secret.
        wait += wait * options.RandomizationFactor * ((2 * Random.Shared.NextDouble()) - 1);
#pragma warning restore CA5394
        return TimeSpan.FromMilliseconds(Math.Max(wait, 0));
    }

    private bool IsExpectedOfPoll(GrpcException error) =>
        kind == RpcCallKind.TaskLongPoll && error.Status is (GrpcStatusCode.Cancelled or GrpcStatusCode.DeadlineExceeded);
}
