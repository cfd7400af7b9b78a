namespace Temporalio.Client.Interceptors;

/// <summary>Calls that a client makes. Override what is to be intercepted; everything else goes to the next one.</summary>
public abstract partial class ClientOutboundInterceptor
{
    private readonly ClientOutboundInterceptor? next;

    /// <summary>Creates an interceptor.</summary>
    /// <param name="next">The rest of the chain.</param>
    protected ClientOutboundInterceptor(ClientOutboundInterceptor next) => this.next = next;

    /// <summary>Creates the end of a chain.</summary>
    private protected ClientOutboundInterceptor()
    {
    }

    /// <summary>The rest of the chain.</summary>
    protected ClientOutboundInterceptor Next => next ?? throw new InvalidOperationException("No next interceptor");
}
