using NexusRpc.Handlers;

namespace Temporalio.Worker.Interceptors;

/// <summary>Wraps the calls of a Nexus operation handler. Made once for each call.</summary>
public abstract class NexusOperationInboundInterceptor
{
    /// <summary>Initializes a new instance of the <see cref="NexusOperationInboundInterceptor"/> class.</summary>
    /// <param name="next">Next in the chain.</param>
    protected NexusOperationInboundInterceptor(NexusOperationInboundInterceptor next) => MaybeNext = next;

    /// <summary>Initializes a new instance of the <see cref="NexusOperationInboundInterceptor"/> class, the last of a chain.</summary>
    private protected NexusOperationInboundInterceptor()
    {
    }

    /// <summary>Gets the next in the chain.</summary>
    /// <exception cref="InvalidOperationException">This is the last.</exception>
    protected NexusOperationInboundInterceptor Next => MaybeNext ?? throw new InvalidOperationException("No next interceptor");

    private protected NexusOperationInboundInterceptor? MaybeNext { get; }

    /// <summary>The start of an operation.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>Result or token.</returns>
    public virtual Task<OperationStartResult<object?>> ExecuteNexusOperationStartAsync(ExecuteNexusOperationStartInput input) =>
        Next.ExecuteNexusOperationStartAsync(input);

    /// <summary>The cancellation of an operation.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends with the handler's.</returns>
    public virtual Task ExecuteNexusOperationCancelAsync(ExecuteNexusOperationCancelInput input) =>
        Next.ExecuteNexusOperationCancelAsync(input);
}
