using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <inheritdoc />
    public override async Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(
        StartWorkflowUpdateInput input)
    {
        var options = input.Options;
        var request = await CreateUpdateRequestAsync(
            input.Update, input.Args, options, options.WaitForStage, ConverterFor(input.Id), input.Headers)
            .ConfigureAwait(false);
        request.WorkflowExecution = Execution(input.Id, input.RunId);
        request.FirstExecutionRunId = input.FirstExecutionRunId ?? string.Empty;
        UpdateWorkflowExecutionResponse response;
        do
        {
            // The server answers "admitted" when its own long poll ends; asking again with the same id is the same update.
            try
            {
                response = await Service.UpdateWorkflowExecutionAsync(
                    request, Retrying(options.Rpc)).ConfigureAwait(false);
            }
            catch (Exception e) when (IsTimeoutOrCancellation(e))
            {
                throw new WorkflowUpdateRpcTimeoutOrCanceledException(e);
            }
        }
        while (response.Stage < UpdateWorkflowExecutionLifecycleStage.Accepted);

        var runId = response.UpdateRef?.WorkflowExecution?.RunId;
        var handle = new WorkflowUpdateHandle<TResult>(client, request.Request.Meta.UpdateId, input.Id, runId)
        {
            KnownOutcome = response.Outcome,
        };
        if (options.WaitForStage == WorkflowUpdateStage.Completed)
        {
            await handle.PollUntilOutcomeAsync(options.Rpc).ConfigureAwait(false);
        }
        return handle;
    }

    private async Task<UpdateWorkflowExecutionRequest> CreateUpdateRequestAsync(
        string update,
        IReadOnlyCollection<object?> args,
        WorkflowUpdateOptions options,
        WorkflowUpdateStage waitForStage,
        DataConverter converter,
        IDictionary<string, Payload>? headers)
    {
        if (waitForStage == WorkflowUpdateStage.None)
        {
            throw new ArgumentException("WaitForStage is required to start workflow update");
        }
        if (waitForStage == WorkflowUpdateStage.Admitted)
        {
            throw new ArgumentException("Admitted is not an allowed wait stage to start workflow update");
        }
        return new()
        {
            Namespace = Options.Namespace,
            Request = new()
            {
                Meta = new() { UpdateId = options.Id ?? Guid.NewGuid().ToString(), Identity = Identity },
                Input = new()
                {
                    Name = update,
                    Args = await ToPayloadsAsync(converter, args).ConfigureAwait(false),
                    Header = await ToHeaderAsync(converter, headers).ConfigureAwait(false),
                },
            },
            WaitPolicy = new() { LifecycleStage = (UpdateWorkflowExecutionLifecycleStage)waitForStage },
        };
    }
}
