using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <inheritdoc />
    public override async Task SignalWorkflowAsync(SignalWorkflowInput input)
    {
        var converter = ConverterFor(input.Id);
        var request = new SignalWorkflowExecutionRequest
        {
            Namespace = Options.Namespace,
            WorkflowExecution = Execution(input.Id, input.RunId),
            SignalName = input.Signal,
            Input = await ToPayloadsAsync(converter, input.Args).ConfigureAwait(false),
            Header = await ToHeaderAsync(converter, input.Headers).ConfigureAwait(false),
            Identity = Identity,
            RequestId = NewRequestId(),
        };
        await Service.SignalWorkflowExecutionAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input)
    {
        var converter = ConverterFor(input.Id);
        var request = new QueryWorkflowRequest
        {
            Namespace = Options.Namespace,
            Execution = Execution(input.Id, input.RunId),
            Query = new()
            {
                QueryType = input.Query,
                QueryArgs = await ToPayloadsAsync(converter, input.Args).ConfigureAwait(false),
                Header = await ToHeaderAsync(converter, input.Headers).ConfigureAwait(false),
            },
            QueryRejectCondition = input.Options?.RejectCondition ?? Options.QueryRejectCondition ?? default,
        };
        QueryWorkflowResponse response;
        try
        {
            response = await Service.QueryWorkflowAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false);
        }
        catch (RpcException e) when (
            e.GrpcStatus.Value is { Details: [var detail] } && detail.Is(QueryFailedFailure.Descriptor))
        {
            throw new WorkflowQueryFailedException(e.Message);
        }
        if (response.QueryRejected is { } rejected)
        {
            throw new WorkflowQueryRejectedException(rejected.Status);
        }
        return response.QueryResult is { Payloads_.Count: > 0 } result
            ? await converter.ToSingleValueAsync<TResult>(result.Payloads_).ConfigureAwait(false)
            : default!;
    }

    /// <inheritdoc />
    public override async Task<WorkflowExecutionDescription> DescribeWorkflowAsync(DescribeWorkflowInput input)
    {
        var response = await Service.DescribeWorkflowExecutionAsync(
            new() { Namespace = Options.Namespace, Execution = Execution(input.Id, input.RunId) },
            Retrying(input.Options?.Rpc)).ConfigureAwait(false);
        return new(response, ConverterFor(input.Id));
    }

    /// <inheritdoc />
    public override Task CancelWorkflowAsync(CancelWorkflowInput input) =>
        Service.RequestCancelWorkflowExecutionAsync(
            new()
            {
                Namespace = Options.Namespace,
                WorkflowExecution = Execution(input.Id, input.RunId),
                FirstExecutionRunId = input.FirstExecutionRunId ?? string.Empty,
                Identity = Identity,
                RequestId = NewRequestId(),
            },
            Retrying(input.Options?.Rpc));

    /// <inheritdoc />
    public override async Task TerminateWorkflowAsync(TerminateWorkflowInput input)
    {
        var request = new TerminateWorkflowExecutionRequest
        {
            Namespace = Options.Namespace,
            WorkflowExecution = Execution(input.Id, input.RunId),
            FirstExecutionRunId = input.FirstExecutionRunId ?? string.Empty,
            Reason = input.Reason ?? string.Empty,
            Details = await ToPayloadsAsync(ConverterFor(input.Id), input.Options?.Details).ConfigureAwait(false),
            Identity = Identity,
        };
        await Service.TerminateWorkflowExecutionAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false);
    }
}
