namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Wraps what arrives at a workflow run: its start and its messages.
/// </summary>
public abstract class WorkflowInboundInterceptor
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowInboundInterceptor"/> class.</summary>
    /// <param name="next">Next in the chain.</param>
    protected WorkflowInboundInterceptor(WorkflowInboundInterceptor next) => MaybeNext = next;

    /// <summary>Initializes a new instance of the <see cref="WorkflowInboundInterceptor"/> class, the last of a chain.</summary>
    private protected WorkflowInboundInterceptor()
    {
    }

    /// <summary>Gets the next in the chain.</summary>
    /// <exception cref="InvalidOperationException">This is the last.</exception>
    protected WorkflowInboundInterceptor Next => MaybeNext ?? throw new InvalidOperationException("No next interceptor");

    private protected WorkflowInboundInterceptor? MaybeNext { get; }

    /// <summary>Hands over the outbound chain. To add to it, wrap it before passing it on.</summary>
    /// <param name="outbound">Outbound chain.</param>
    public virtual void Init(WorkflowOutboundInterceptor outbound) => Next.Init(outbound);

    /// <summary>The run itself.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>The workflow's result.</returns>
    public virtual Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input) => Next.ExecuteWorkflowAsync(input);

    /// <summary>A signal.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>Completes with the handler.</returns>
    public virtual Task HandleSignalAsync(HandleSignalInput input) => Next.HandleSignalAsync(input);

    /// <summary>A query.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>The answer.</returns>
    public virtual object? HandleQuery(HandleQueryInput input) => Next.HandleQuery(input);

    /// <summary>The validation of an update, on arguments of its own. Not called on replay.</summary>
    /// <param name="input">What is called, and with what.</param>
    public virtual void ValidateUpdate(HandleUpdateInput input) => Next.ValidateUpdate(input);

    /// <summary>An update.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>The answer.</returns>
    public virtual Task<object?> HandleUpdateAsync(HandleUpdateInput input) => Next.HandleUpdateAsync(input);
}
