using Temporalio.Activities;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>
/// The end of the inbound chain: calls the workflow's methods.
/// </summary>
/// <param name="instance">Gets the workflow object.</param>
internal sealed class WorkflowInbound(Func<object> instance) : WorkflowInboundInterceptor
{
    /// <summary>Gets the outermost of the outbound chain.</summary>
    internal WorkflowOutboundInterceptor? Outbound { get; private set; }

    /// <inheritdoc/>
    public override void Init(WorkflowOutboundInterceptor outbound) => Outbound = outbound;

    /// <inheritdoc/>
    public override async Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input)
    {
        var task = (Task)Invocation.Call(input.RunMethod, input.Instance, input.Args)!;
        await task;
        return TaskResults.Of(task);
    }

    /// <inheritdoc/>
    public override Task HandleSignalAsync(HandleSignalInput input) => (Task)(input.Definition.Method is { } method
        ? Invocation.Call(method, instance(), input.Args)
        : Invocation.Call(input.Definition.Delegate!, input.Args))!;

    /// <inheritdoc/>
    public override object? HandleQuery(HandleQueryInput input) => input.Definition.Method is { } method
        ? Invocation.Call(method, instance(), input.Args)
        : Invocation.Call(input.Definition.Delegate!, input.Args);

    /// <inheritdoc/>
    public override void ValidateUpdate(HandleUpdateInput input)
    {
        if (input.Definition.ValidatorMethod is { } method)
        {
            Invocation.Call(method, instance(), input.Args);
        }
        else if (input.Definition.ValidatorDelegate is { } validator)
        {
            Invocation.Call(validator, input.Args);
        }
    }

    /// <inheritdoc/>
    public override async Task<object?> HandleUpdateAsync(HandleUpdateInput input)
    {
        var task = (Task)(input.Definition.Method is { } method
            ? Invocation.Call(method, instance(), input.Args)
            : Invocation.Call(input.Definition.Delegate!, input.Args))!;
        await task;
        return TaskResults.Of(task);
    }
}
