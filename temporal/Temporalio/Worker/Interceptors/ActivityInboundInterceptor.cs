namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Wraps an activity attempt.
/// </summary>
public abstract class ActivityInboundInterceptor
{
    /// <summary>Initializes a new instance of the <see cref="ActivityInboundInterceptor"/> class.</summary>
    /// <param name="next">Next in the chain.</param>
    protected ActivityInboundInterceptor(ActivityInboundInterceptor next) => MaybeNext = next;

    /// <summary>Initializes a new instance of the <see cref="ActivityInboundInterceptor"/> class, the last of a chain.</summary>
    private protected ActivityInboundInterceptor()
    {
    }

    /// <summary>Gets the next in the chain.</summary>
    /// <exception cref="InvalidOperationException">This is the last.</exception>
    protected ActivityInboundInterceptor Next => MaybeNext ?? throw new InvalidOperationException("No next interceptor");

    private protected ActivityInboundInterceptor? MaybeNext { get; }

    /// <summary>Hands over the outbound chain. To add to it, wrap it before passing it on.</summary>
    /// <param name="outbound">Outbound chain.</param>
    public virtual void Init(ActivityOutboundInterceptor outbound) => Next.Init(outbound);

    /// <summary>The attempt itself.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>The activity's result.</returns>
    public virtual Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => Next.ExecuteActivityAsync(input);
}
