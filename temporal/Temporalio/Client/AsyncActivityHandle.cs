using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>Finishes an activity from outside its worker, after its method said that it completes asynchronously.</summary>
/// <param name="Client">Client to call with.</param>
/// <param name="Activity">Which activity.</param>
public record AsyncActivityHandle(ITemporalClient Client, AsyncActivityHandle.Reference Activity)
    : IWithSerializationContext<AsyncActivityHandle>
{
    /// <summary>Converter instead of the client's, if a context was given.</summary>
    private DataConverter? DataConverterOverride { get; init; }

    /// <summary>Heartbeats.</summary>
    /// <param name="options">Details and call options.</param>
    /// <returns>Task that ends when the server has it.</returns>
    /// <exception cref="Exceptions.AsyncActivityCanceledException">
    /// The activity is to stop; answer with <see cref="ReportCancellationAsync"/>.
    /// </exception>
    /// <exception cref="Exceptions.RpcException">The activity is gone (not found), or the server refused.</exception>
    public Task HeartbeatAsync(AsyncActivityHeartbeatOptions? options = null) =>
        Client.OutboundInterceptor.HeartbeatAsyncActivityAsync(new(Activity, options, DataConverterOverride));

    /// <summary>Completes the activity.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="options">Call options.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public Task CompleteAsync(object? result = null, AsyncActivityCompleteOptions? options = null) =>
        Client.OutboundInterceptor.CompleteAsyncActivityAsync(new(Activity, result, options, DataConverterOverride));

    /// <summary>Fails the attempt.</summary>
    /// <param name="exception">Why.</param>
    /// <param name="options">Details and call options.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public Task FailAsync(Exception exception, AsyncActivityFailOptions? options = null) =>
        Client.OutboundInterceptor.FailAsyncActivityAsync(new(Activity, exception, options, DataConverterOverride));

    /// <summary>Reports that the activity has stopped because it was canceled.</summary>
    /// <param name="options">Details and call options.</param>
    /// <returns>Task that ends when the server has it.</returns>
    public Task ReportCancellationAsync(AsyncActivityReportCancellationOptions? options = null) =>
        Client.OutboundInterceptor.ReportCancellationAsyncActivityAsync(new(Activity, options, DataConverterOverride));

    /// <inheritdoc />
    public AsyncActivityHandle WithSerializationContext(ISerializationContext context) =>
        this with { DataConverterOverride = Client.Options.DataConverter.WithSerializationContext(context) };

    /// <summary>Which activity.</summary>
    public abstract record Reference
    {
        private protected Reference()
        {
        }
    }

    /// <summary>An activity by its ids.</summary>
    /// <param name="WorkflowId">Workflow id.</param>
    /// <param name="RunId">Run id, or null for the current run.</param>
    /// <param name="ActivityId">Id of the activity in that workflow.</param>
    public record IdReference(string WorkflowId, string? RunId, string ActivityId) : Reference;

    /// <summary>An activity by the token of its task, which stands for one attempt.</summary>
    /// <param name="TaskToken">The token.</param>
    public record TaskTokenReference(byte[] TaskToken) : Reference;
}
