using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>
/// Children and other workflows.
/// </content>
internal sealed partial class WorkflowInstance
{
    private uint childCounter;
    private uint externalSignalCounter;
    private uint externalCancelCounter;

    private Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChild<TWorkflow, TResult>(StartChildWorkflowInput input)
    {
        var token = input.Options.CancellationToken ?? CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException<ChildWorkflowHandle<TWorkflow, TResult>>(
                new CanceledFailureException("Child cancelled before scheduled"));
        }
        RequireWritable("start a child workflow");
        var sequence = ++childCounter;
        var attributes = ChildAttributes(input);
        Request(new WorkflowRequest.StartChild(
            sequence,
            Info.Namespace,
            attributes,
            input.Options.CancellationType,
            Metadata(input.Options.StaticSummary, input.Options.StaticDetails)));
        var start = new TaskCompletionSource<ActivationJob.ResolveChildStart>();
        childStarts[sequence] = start;
        var handle = new TaskCompletionSource<ChildWorkflowHandle<TWorkflow, TResult>>();
        _ = StartTask(async () =>
        {
            using var registration = token.Register(() =>
            {
                if (childStarts.ContainsKey(sequence) || childEnds.ContainsKey(sequence))
                {
                    Request(new WorkflowRequest.CancelChild(sequence));
                }
            });
            await FollowChildAsync(sequence, attributes, start.Task, handle);
        });
        return handle.Task;
    }

    private async Task FollowChildAsync<TWorkflow, TResult>(
        uint sequence,
        StartChildWorkflowExecutionCommandAttributes attributes,
        Task<ActivationJob.ResolveChildStart> starting,
        TaskCompletionSource<ChildWorkflowHandle<TWorkflow, TResult>> handleSource)
    {
        var started = await starting;
        childStarts.Remove(sequence);
        if (started.RunId == null)
        {
            handleSource.SetException(StartFailure(started, attributes));
            return;
        }
        var ending = ChildEnd(sequence).Task;
        handleSource.SetResult(new ChildHandle<TWorkflow, TResult>(this, attributes.WorkflowId, started.RunId, ending));
        await ending;
        childEnds.Remove(sequence);
    }

    private Exception StartFailure(ActivationJob.ResolveChildStart started, StartChildWorkflowExecutionCommandAttributes attributes)
    {
        if (started.Canceled != null)
        {
            return failureConverter.ToException(started.Canceled, payloadConverter);
        }
        return started.Cause == StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists
            ? new WorkflowAlreadyStartedException(
                "Child workflow already started", attributes.WorkflowId, attributes.WorkflowType.Name, "<unknown>")
            : new InvalidOperationException($"Child workflow {attributes.WorkflowId} did not start: {started.Cause}");
    }

    private StartChildWorkflowExecutionCommandAttributes ChildAttributes(StartChildWorkflowInput input)
    {
        var options = input.Options;
        var attributes = new StartChildWorkflowExecutionCommandAttributes
        {
            WorkflowId = options.Id ?? Workflow.NewGuid().ToString(),
            WorkflowType = new() { Name = input.Workflow },
            TaskQueue = new() { Name = options.TaskQueue ?? Info.TaskQueue },
            Input = ToPayloads(input.Args),
            WorkflowExecutionTimeout = ToProto(options.ExecutionTimeout),
            WorkflowRunTimeout = ToProto(options.RunTimeout),
            WorkflowTaskTimeout = ToProto(options.TaskTimeout),
            ParentClosePolicy = (Api.Enums.V1.ParentClosePolicy)options.ParentClosePolicy,
            WorkflowIdReusePolicy = options.IdReusePolicy,
            RetryPolicy = options.RetryPolicy?.ToProto(),
            CronSchedule = options.CronSchedule ?? string.Empty,
            Memo = ToMemo(options.Memo),
            SearchAttributes = options.TypedSearchAttributes?.ToProto(),
            Priority = options.Priority?.ToProto(),
        };
        Copy(input.Headers, header => attributes.Header = header);
        return attributes;
    }

    private Task SignalChild(SignalChildWorkflowInput input)
    {
        var attributes = new SignalExternalWorkflowExecutionCommandAttributes
        {
            Execution = new() { WorkflowId = input.Id },
            ChildWorkflowOnly = true,
            SignalName = input.Signal,
            Input = ToPayloads(input.Args),
        };
        Copy(input.Headers, header => attributes.Header = header);
        return SendSignal(attributes, input.Options?.CancellationToken);
    }

    private Task SignalExternal(SignalExternalWorkflowInput input)
    {
        var attributes = new SignalExternalWorkflowExecutionCommandAttributes
        {
            Execution = new() { WorkflowId = input.Id, RunId = input.RunId ?? string.Empty },
            SignalName = input.Signal,
            Input = ToPayloads(input.Args),
        };
        Copy(input.Headers, header => attributes.Header = header);
        return SendSignal(attributes, input.Options?.CancellationToken);
    }

    private Task SendSignal(SignalExternalWorkflowExecutionCommandAttributes attributes, CancellationToken? cancellationToken)
    {
        var token = cancellationToken ?? CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException(new CanceledFailureException("Signal cancelled before scheduled"));
        }
        var sequence = ++externalSignalCounter;
        var delivered = new TaskCompletionSource<Api.Failure.V1.Failure?>();
        externalSignals[sequence] = delivered;
        Request(new WorkflowRequest.SignalExternal(sequence, attributes));
        return StartTask(async () =>
        {
            using var registration = token.Register(() =>
            {
                if (externalSignals.ContainsKey(sequence))
                {
                    Request(new WorkflowRequest.CancelSignalExternal(sequence));
                }
            });
            var failure = await delivered.Task;
            externalSignals.Remove(sequence);
            ThrowIfFailed(failure);
        });
    }

    private Task CancelExternalAsync(CancelExternalWorkflowInput input)
    {
        var sequence = ++externalCancelCounter;
        var delivered = new TaskCompletionSource<Api.Failure.V1.Failure?>();
        externalCancels[sequence] = delivered;
        Request(new WorkflowRequest.CancelExternal(sequence, new()
        {
            WorkflowId = input.Id,
            RunId = input.RunId ?? string.Empty,
        }));
        return StartTask(async () =>
        {
            var failure = await delivered.Task;
            externalCancels.Remove(sequence);
            ThrowIfFailed(failure);
        });
    }

    private void ThrowIfFailed(Api.Failure.V1.Failure? failure)
    {
        if (failure != null)
        {
            throw failureConverter.ToException(failure, payloadConverter);
        }
    }

    /// <summary>
    /// A child that has started.
    /// </summary>
    private sealed class ChildHandle<TWorkflow, TResult>(
        WorkflowInstance run, string id, string runId, Task<ActivityResolution> ending) : ChildWorkflowHandle<TWorkflow, TResult>
    {
        /// <inheritdoc/>
        public override string Id => id;

        /// <inheritdoc/>
        public override string FirstExecutionRunId => runId;

        /// <inheritdoc/>
        public override async Task<TLocalResult> GetResultAsync<TLocalResult>() => await ending switch
        {
            ActivityResolution.Completed completed => run.ToResult<TLocalResult>(completed, $"child workflow {id}"),
            ActivityResolution.Failed failed => throw run.failureConverter.ToException(failed.Failure.Clone(), run.payloadConverter),
            var other => throw new InvalidOperationException($"Unknown end of child workflow {id}: {other}"),
        };

        /// <inheritdoc/>
        public override Task SignalAsync(
            string signal, IReadOnlyCollection<object?> args, ChildWorkflowSignalOptions? options = null) =>
            run.outbound.SignalChildWorkflowAsync(new(id, signal, args, options, null));
    }

    /// <summary>
    /// A workflow that is not a child.
    /// </summary>
    private sealed class ExternalHandle<TWorkflow>(WorkflowInstance run, string id, string? runId) : ExternalWorkflowHandle<TWorkflow>
    {
        /// <inheritdoc/>
        public override string Id => id;

        /// <inheritdoc/>
        public override string? RunId => runId;

        /// <inheritdoc/>
        public override Task SignalAsync(
            string signal, IReadOnlyCollection<object?> args, ExternalWorkflowSignalOptions? options = null) =>
            run.outbound.SignalExternalWorkflowAsync(new(id, runId, signal, args, options, null));

        /// <inheritdoc/>
        public override Task CancelAsync() => run.outbound.CancelExternalWorkflowAsync(new(id, runId));
    }
}
