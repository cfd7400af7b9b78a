using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <inheritdoc />
    public override async Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(
        StartWorkflowInput input)
    {
        var options = input.Options;
        if (options.StartSignal is null && options.StartSignalArgs is not null)
        {
            throw new ArgumentException("Cannot have start signal args without start signal");
        }
        var converter = ConverterFor(RequireId(options));
        var request = await CreateStartRequestAsync(
            input.Workflow, input.Args, options, converter, input.Headers).ConfigureAwait(false);
        try
        {
            if (options.StartSignal is null)
            {
                var started = await StartEagerlyIfAskedAsync(request, options).ConfigureAwait(false);
                return new(client, request.WorkflowId, ResultRunId: started.RunId, FirstExecutionRunId: started.RunId);
            }
            var signalRequest = WithSignal(request, options.StartSignal);
            signalRequest.SignalInput = await ToPayloadsAsync(converter, options.StartSignalArgs).ConfigureAwait(false);
            var signaled = await Service.SignalWithStartWorkflowExecutionAsync(
                signalRequest, Retrying(options.Rpc)).ConfigureAwait(false);
            // The run may be an old one that went through others before: its first run is not known.
            return new(client, request.WorkflowId, ResultRunId: signaled.RunId);
        }
        catch (RpcException e) when (ToAlreadyStarted(e, request.WorkflowId, input.Workflow) is { } alreadyStarted)
        {
            throw alreadyStarted;
        }
    }

    private static string RequireId(WorkflowOptions options) =>
        options.Id ?? throw new ArgumentException("ID required to start workflow");

    private static WorkflowAlreadyStartedException? ToAlreadyStarted(RpcException e, string workflowId, string workflowType) =>
        e.Code == RpcException.StatusCode.AlreadyExists
        && e.GrpcStatus.Value is { Details: [var detail] }
        && detail.TryUnpack(out WorkflowExecutionAlreadyStartedFailure failure)
            ? new(e.Message, workflowId, workflowType, failure.RunId)
            : null;

    private static Duration? ToDuration(TimeSpan? span) => span is { } value ? Duration.FromTimeSpan(value) : null;

    private static SignalWithStartWorkflowExecutionRequest WithSignal(StartWorkflowExecutionRequest start, string signal) => new()
    {
        Namespace = start.Namespace,
        WorkflowId = start.WorkflowId,
        WorkflowType = start.WorkflowType,
        TaskQueue = start.TaskQueue,
        Input = start.Input,
        WorkflowExecutionTimeout = start.WorkflowExecutionTimeout,
        WorkflowRunTimeout = start.WorkflowRunTimeout,
        WorkflowTaskTimeout = start.WorkflowTaskTimeout,
        Identity = start.Identity,
        RequestId = start.RequestId,
        WorkflowIdReusePolicy = start.WorkflowIdReusePolicy,
        WorkflowIdConflictPolicy = start.WorkflowIdConflictPolicy,
        RetryPolicy = start.RetryPolicy,
        CronSchedule = start.CronSchedule,
        Memo = start.Memo,
        SearchAttributes = start.SearchAttributes,
        Header = start.Header,
        WorkflowStartDelay = start.WorkflowStartDelay,
        UserMetadata = start.UserMetadata,
        Priority = start.Priority,
        VersioningOverride = start.VersioningOverride,
        SignalName = signal,
    };

    // Asked of the server only where a worker of this connection has a slot: a task that nobody takes would have to time out first.
    private async Task<StartWorkflowExecutionResponse> StartEagerlyIfAskedAsync(StartWorkflowExecutionRequest request, WorkflowOptions options)
    {
        var reserved = options.RequestEagerStart
            ? (client.Connection as TemporalConnection)?.EagerWorkflows.TryReserve(request.Namespace, request.TaskQueue.Name)
            : null;
        PollWorkflowTaskQueueResponse? task = null;
        try
        {
            if (reserved != null)
            {
                request.RequestEagerExecution = true;
                request.EagerWorkerDeploymentOptions = reserved.Deployment;
            }
            var started = await Service.StartWorkflowExecutionAsync(request, Retrying(options.Rpc)).ConfigureAwait(false);
            task = started.EagerWorkflowTask;
            return started;
        }
        finally
        {
            if (task != null)
            {
                reserved?.Start(task);
            }
            else
            {
                reserved?.Release();
            }
        }
    }

    private async Task<StartWorkflowExecutionRequest> CreateStartRequestAsync(
        string workflow,
        IReadOnlyCollection<object?> args,
        WorkflowOptions options,
        DataConverter converter,
        IDictionary<string, Payload>? headers) => new()
    {
        Namespace = Options.Namespace,
        WorkflowId = RequireId(options),
        WorkflowType = new() { Name = workflow },
        TaskQueue = new()
        {
            Name = options.TaskQueue ?? throw new ArgumentException("Task queue required to start workflow"),
        },
        Input = await ToPayloadsAsync(converter, args).ConfigureAwait(false),
        WorkflowExecutionTimeout = ToDuration(options.ExecutionTimeout),
        WorkflowRunTimeout = ToDuration(options.RunTimeout),
        WorkflowTaskTimeout = ToDuration(options.TaskTimeout),
        Identity = Identity,
        RequestId = options.RequestId ?? NewRequestId(),
        Links = { options.Links ?? [] },
        CompletionCallbacks = { options.CompletionCallbacks ?? [] },
        OnConflictOptions = options.AttachesToExisting
            ? new() { AttachRequestId = true, AttachCompletionCallbacks = true, AttachLinks = true }
            : null,
        WorkflowIdReusePolicy = options.IdReusePolicy,
        WorkflowIdConflictPolicy = options.IdConflictPolicy,
        RetryPolicy = options.RetryPolicy?.ToProto(),
        CronSchedule = options.CronSchedule ?? string.Empty,
        Memo = await ToMemoAsync(converter, options.Memo).ConfigureAwait(false),
        SearchAttributes = options.TypedSearchAttributes is { Count: > 0 } attributes ? attributes.ToProto() : null,
        Header = await ToHeaderAsync(converter, headers).ConfigureAwait(false),
        WorkflowStartDelay = ToDuration(options.StartDelay),
        UserMetadata = await converter.ToUserMetadataAsync(
            options.StaticSummary, options.StaticDetails).ConfigureAwait(false),
        Priority = options.Priority?.ToProto(),
        VersioningOverride = options.VersioningOverride?.ToProto(),
    };
}
