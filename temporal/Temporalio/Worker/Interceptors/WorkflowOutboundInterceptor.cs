using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Wraps what a workflow run asks of the world.
/// </summary>
public abstract class WorkflowOutboundInterceptor
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowOutboundInterceptor"/> class.</summary>
    /// <param name="next">Next in the chain.</param>
    protected WorkflowOutboundInterceptor(WorkflowOutboundInterceptor next) => MaybeNext = next;

    /// <summary>Initializes a new instance of the <see cref="WorkflowOutboundInterceptor"/> class, the last of a chain.</summary>
    private protected WorkflowOutboundInterceptor()
    {
    }

    /// <summary>Gets the next in the chain.</summary>
    /// <exception cref="InvalidOperationException">This is the last.</exception>
    protected WorkflowOutboundInterceptor Next => MaybeNext ?? throw new InvalidOperationException("No next interceptor");

    private protected WorkflowOutboundInterceptor? MaybeNext { get; }

    /// <summary>A request to cancel another workflow.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>Completes when the request is delivered.</returns>
    public virtual Task CancelExternalWorkflowAsync(CancelExternalWorkflowInput input) => Next.CancelExternalWorkflowAsync(input);

    /// <summary>The making of a continue-as-new exception.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>The exception.</returns>
    public virtual ContinueAsNewException CreateContinueAsNewException(CreateContinueAsNewExceptionInput input) => Next.CreateContinueAsNewException(input);

    /// <summary>A timer.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>Completes with the timer.</returns>
    public virtual Task DelayAsync(DelayAsyncInput input) => Next.DelayAsync(input);

    /// <summary>An activity.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>The result.</returns>
    public virtual Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input) => Next.ScheduleActivityAsync<TResult>(input);

    /// <summary>A local activity.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>The result.</returns>
    public virtual Task<TResult> ScheduleLocalActivityAsync<TResult>(ScheduleLocalActivityInput input) => Next.ScheduleLocalActivityAsync<TResult>(input);

    /// <summary>A signal to a child.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>Completes when the signal is delivered.</returns>
    public virtual Task SignalChildWorkflowAsync(SignalChildWorkflowInput input) => Next.SignalChildWorkflowAsync(input);

    /// <summary>A signal to another workflow.</summary>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>Completes when the signal is delivered.</returns>
    public virtual Task SignalExternalWorkflowAsync(SignalExternalWorkflowInput input) => Next.SignalExternalWorkflowAsync(input);

    /// <summary>The start of a Nexus operation.</summary>
    /// <typeparam name="TResult">Result type, or ValueTuple.</typeparam>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>The operation.</returns>
    public virtual Task<NexusOperationHandle<TResult>> StartNexusOperationAsync<TResult>(StartNexusOperationInput input) => Next.StartNexusOperationAsync<TResult>(input);

    /// <summary>The start of a child.</summary>
    /// <typeparam name="TWorkflow">Workflow type, or ValueTuple.</typeparam>
    /// <typeparam name="TResult">Result type, or ValueTuple.</typeparam>
    /// <param name="input">What is called, and with what.</param>
    /// <returns>The child.</returns>
    public virtual Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(StartChildWorkflowInput input) => Next.StartChildWorkflowAsync<TWorkflow, TResult>(input);
}
