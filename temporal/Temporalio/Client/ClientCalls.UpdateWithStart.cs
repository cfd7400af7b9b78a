using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Exceptions;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <inheritdoc />
    public override async Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input)
    {
        var start = input.Options.StartWorkflowOperation
            ?? throw new ArgumentException("Start workflow operation is required in options");
        if (!start.TryMarkUsed())
        {
            throw new ArgumentException("Start operation already used");
        }
        // Whatever goes wrong also reaches those who wait for the workflow's handle.
        try
        {
            return await UpdateWithStartAsync<TUpdateResult>(input, start).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var meaningful = ToMeaningful(e, start);
            start.SetException(meaningful);
            if (ReferenceEquals(meaningful, e))
            {
                throw;
            }
            throw meaningful;
        }
    }

    private static void CheckStart(WorkflowOptions options)
    {
        if (options.StartSignal is not null || options.StartSignalArgs is not null)
        {
            throw new ArgumentException("Cannot have start signal on update with start");
        }
        if (options.RequestEagerStart)
        {
            throw new ArgumentException("Cannot request eager start on update with start");
        }
        if (options.IdConflictPolicy == WorkflowIdConflictPolicy.Unspecified)
        {
            throw new ArgumentException("Workflow ID conflict policy required for update with start");
        }
        if (options.Rpc is not null)
        {
            throw new ArgumentException("Cannot set RPC options on start options, set them on the update options");
        }
    }

    private static Exception ToMeaningful(Exception exception, WithStartWorkflowOperation start)
    {
        if (exception is RpcException { GrpcStatus.Value: { Details: [var detail] } }
            && detail.TryUnpack(out MultiOperationExecutionFailure failure)
            && FirstCause(failure) is { } cause)
        {
            var status = new GrpcStatus { Code = cause.Code, Message = cause.Message, Details = { cause.Details } };
            exception = new RpcException(
                (RpcException.StatusCode)cause.Code, cause.Message, status.ToByteArray());
        }
        if (IsTimeoutOrCancellation(exception))
        {
            return new WorkflowUpdateRpcTimeoutOrCanceledException(exception);
        }
        return exception is RpcException rpc
            ? ToAlreadyStarted(rpc, start.Options.Id!, start.Workflow) ?? exception
            : exception;
    }

    // Of the two operations one failed and the other was aborted because of it, or was fine.
    private static MultiOperationExecutionFailure.Types.OperationStatus? FirstCause(MultiOperationExecutionFailure failure) =>
        failure.Statuses.FirstOrDefault(s =>
            s.Code != (int)RpcException.StatusCode.OK
            && !s.Details.Any(d => d.Is(MultiOperationExecutionAborted.Descriptor)));

    private async Task<WorkflowUpdateHandle<TUpdateResult>> UpdateWithStartAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input, WithStartWorkflowOperation start)
    {
        CheckStart(start.Options);
        var workflowId = RequireId(start.Options);
        var request = await CreateUpdateWithStartRequestAsync(input, start, workflowId).ConfigureAwait(false);
        string? runId;
        UpdateWorkflowExecutionResponse? updated;
        do
        {
            var response = await Service.ExecuteMultiOperationAsync(
                request, Retrying(input.Options.Rpc)).ConfigureAwait(false);
            if (response.Responses is not [{ StartWorkflow: { } started }, var second])
            {
                throw new InvalidOperationException("The server did not answer both operations");
            }
            runId = started.RunId;
            start.SetStarted(client, workflowId, runId);
            updated = second.UpdateWorkflow;
        }
        while (updated is null || updated.Stage < UpdateWorkflowExecutionLifecycleStage.Accepted);

        var updateId = request.Operations[1].UpdateWorkflow.Request.Meta.UpdateId;
        var handle = new WorkflowUpdateHandle<TUpdateResult>(client, updateId, workflowId, runId)
        {
            KnownOutcome = updated.Outcome,
        };
        if (input.Options.WaitForStage == WorkflowUpdateStage.Completed)
        {
            await handle.PollUntilOutcomeAsync(input.Options.Rpc).ConfigureAwait(false);
        }
        return handle;
    }

    private async Task<ExecuteMultiOperationRequest> CreateUpdateWithStartRequestAsync(
        StartUpdateWithStartWorkflowInput input, WithStartWorkflowOperation start, string workflowId)
    {
        var converter = ConverterFor(workflowId);
        var startRequest = await CreateStartRequestAsync(
            start.Workflow, start.Args, start.Options, converter, start.Headers).ConfigureAwait(false);
        var updateRequest = await CreateUpdateRequestAsync(
            input.Update, input.Args, input.Options, input.Options.WaitForStage, converter, input.Headers)
            .ConfigureAwait(false);
        updateRequest.WorkflowExecution = Execution(workflowId, runId: null);
        return new()
        {
            Namespace = Options.Namespace,
            Operations =
            {
                new ExecuteMultiOperationRequest.Types.Operation { StartWorkflow = startRequest },
                new ExecuteMultiOperationRequest.Types.Operation { UpdateWorkflow = updateRequest },
            },
        };
    }
}
