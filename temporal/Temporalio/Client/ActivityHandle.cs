using Temporalio.Api.Activity.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>A standalone activity, to act on.</summary>
/// <param name="Client">Client to call with.</param>
/// <param name="Id">Activity id.</param>
/// <param name="RunId">Run id, or null for the latest.</param>
public record ActivityHandle(ITemporalClient Client, string Id, string? RunId = null)
{
    /// <summary>Waits until the activity has completed.</summary>
    /// <param name="rpcOptions">Options of the calls.</param>
    /// <returns>Task that ends when it has.</returns>
    /// <exception cref="ActivityFailedException">It did not complete.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task GetResultAsync(RpcOptions? rpcOptions = null) => GetResultAsync<ValueTuple>(rpcOptions);

    /// <summary>Waits for the result.</summary>
    /// <typeparam name="TResult">Type of the result; the value tuple for whatever it is.</typeparam>
    /// <param name="rpcOptions">Options of the calls.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ActivityFailedException">It did not complete.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public virtual async Task<TResult> GetResultAsync<TResult>(RpcOptions? rpcOptions = null)
    {
        var outcome = await PollAsync(TemporalClient.DefaultRetryOptions(rpcOptions)).ConfigureAwait(false);
        var converter = Client.Options.DataConverter.WithSerializationContext(new ISerializationContext.Activity(
            Client.Options.Namespace, string.Empty, string.Empty, string.Empty, string.Empty, IsLocal: false));
        if (outcome.Failure is { } failure)
        {
            throw new ActivityFailedException(await converter.ToExceptionAsync(failure).ConfigureAwait(false));
        }
        return typeof(TResult) == typeof(ValueTuple) || outcome.Result is not { Payloads_.Count: > 0 } result
            ? default!
            : await converter.ToSingleValueAsync<TResult>(result.Payloads_).ConfigureAwait(false);
    }

    /// <summary>Asks the server about the activity.</summary>
    /// <param name="options">Options.</param>
    /// <returns>What it tells.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public virtual Task<ActivityExecutionDescription> DescribeAsync(ActivityDescribeOptions? options = null) =>
        Client.OutboundInterceptor.DescribeActivityAsync(new(Id, RunId, options));

    /// <summary>Asks the activity to end.</summary>
    /// <param name="options">Options.</param>
    /// <returns>Task that ends when the server has taken it.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public virtual Task CancelAsync(ActivityCancelOptions? options = null) =>
        Client.OutboundInterceptor.CancelActivityAsync(new(Id, RunId, options));

    /// <summary>Ends the activity at once, whatever its code does.</summary>
    /// <param name="options">Options.</param>
    /// <returns>Task that ends when it has ended.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public virtual Task TerminateAsync(ActivityTerminateOptions? options = null) =>
        Client.OutboundInterceptor.TerminateActivityAsync(new(Id, RunId, options));

    // The server ends a poll after a while without an outcome.
    private async Task<ActivityExecutionOutcome> PollAsync(RpcOptions rpcOptions)
    {
        while (true)
        {
            var response = await Client.Connection.WorkflowService.PollActivityExecutionAsync(
                new() { Namespace = Client.Options.Namespace, ActivityId = Id, RunId = RunId ?? string.Empty }, rpcOptions).ConfigureAwait(false);
            if (response.Outcome is { } outcome)
            {
                return outcome;
            }
        }
    }
}
