namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Wraps what an activity attempt asks of the world.
/// </summary>
public abstract class ActivityOutboundInterceptor
{
    /// <summary>Initializes a new instance of the <see cref="ActivityOutboundInterceptor"/> class.</summary>
    /// <param name="next">Next in the chain.</param>
    protected ActivityOutboundInterceptor(ActivityOutboundInterceptor next) => MaybeNext = next;

    /// <summary>Initializes a new instance of the <see cref="ActivityOutboundInterceptor"/> class, the last of a chain.</summary>
    private protected ActivityOutboundInterceptor()
    {
    }

    /// <summary>Gets the next in the chain.</summary>
    /// <exception cref="InvalidOperationException">This is the last.</exception>
    protected ActivityOutboundInterceptor Next => MaybeNext ?? throw new InvalidOperationException("No next interceptor");

    private protected ActivityOutboundInterceptor? MaybeNext { get; }

    /// <summary>A heartbeat.</summary>
    /// <param name="input">What is called, and with what.</param>
    public virtual void Heartbeat(HeartbeatInput input) => Next.Heartbeat(input);
}
