using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>End of every interceptor chain: turns inputs into requests and responses into results.</summary>
internal sealed partial class ClientCalls(TemporalClient client) : ClientOutboundInterceptor
{
    private TemporalClientOptions Options => client.Options;

    private WorkflowService Service => client.Connection.WorkflowService;

    private string Identity => client.Connection.Options.Identity ?? string.Empty;

    /// <summary>Whether a call ended because its time or its caller's patience did.</summary>
    public static bool IsTimeoutOrCancellation(Exception exception) => exception
        is OperationCanceledException
        or RpcException { Code: RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Cancelled };

    private static RpcOptions Retrying(RpcOptions? options) => TemporalClient.DefaultRetryOptions(options);

    private static string NewRequestId() => Guid.NewGuid().ToString();

    private static Api.Common.V1.WorkflowExecution Execution(string id, string? runId) =>
        new() { WorkflowId = id, RunId = runId ?? string.Empty };

    private static async Task<Payloads?> ToPayloadsAsync(DataConverter converter, IReadOnlyCollection<object?>? values) =>
        values is { Count: > 0 }
            ? new() { Payloads_ = { await converter.ToPayloadsAsync(values).ConfigureAwait(false) } }
            : null;

    private static async Task<Header?> ToHeaderAsync(DataConverter converter, IDictionary<string, Payload>? headers)
    {
        if (headers is null)
        {
            return null;
        }
        var header = new Header();
        foreach (var (name, payload) in headers)
        {
            header.Fields[name] = converter.PayloadCodec is { } codec
                ? await codec.EncodeSingleAsync(payload).ConfigureAwait(false)
                : payload;
        }
        return header;
    }

    private static async Task<Memo?> ToMemoAsync(DataConverter converter, IReadOnlyDictionary<string, object>? values)
    {
        if (values is not { Count: > 0 })
        {
            return null;
        }
        var memo = new Memo();
        await AddMemoFieldsAsync(memo.Fields, converter, values).ConfigureAwait(false);
        return memo;
    }

    private static async Task AddMemoFieldsAsync(
        MapField<string, Payload> fields, DataConverter converter, IReadOnlyDictionary<string, object> values)
    {
        foreach (var (name, value) in values)
        {
            if (value is null)
            {
                throw new ArgumentException($"Memo value for {name} is null");
            }
            fields.Add(name, await converter.ToPayloadAsync(value).ConfigureAwait(false));
        }
    }

    private DataConverter ConverterFor(string workflowId) => Options.DataConverter.WithSerializationContext(
        new ISerializationContext.Workflow(Options.Namespace, workflowId));
}
