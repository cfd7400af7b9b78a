using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>
/// What the run asks of the world, through the interceptors.
/// </content>
internal sealed partial class WorkflowInstance
{
    /// <inheritdoc/>
    public ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? options) =>
        outbound.CreateContinueAsNewException(new(workflow, args, options, null));

    /// <inheritdoc/>
    public Task DelayWithOptionsAsync(DelayOptions options) =>
        outbound.DelayAsync(new(options.Delay, options.CancellationToken, options.Summary));

    /// <inheritdoc/>
    public Task<TResult> ExecuteActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions options) =>
        outbound.ScheduleActivityAsync<TResult>(new(activity, args, options, null));

    /// <inheritdoc/>
    public Task<TResult> ExecuteLocalActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, LocalActivityOptions options) =>
        outbound.ScheduleLocalActivityAsync<TResult>(new(activity, args, options, null));

    /// <inheritdoc/>
    public Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions options) =>
        outbound.StartChildWorkflowAsync<TWorkflow, TResult>(new(workflow, args, options, null));

    /// <inheritdoc/>
    public ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(string id, string? runId) =>
        new ExternalHandle<TWorkflow>(this, id, runId);

    /// <inheritdoc/>
    public Task<bool> WaitConditionWithOptionsAsync(WaitConditionOptions options)
    {
        RequireWritable("wait for a condition");
        var met = new TaskCompletionSource();
        var node = conditions.AddLast((options.ConditionCheck, met));
        var token = options.CancellationToken ?? CancellationToken;
        return StartTask(async () =>
        {
            try
            {
                using var registration = token.Register(() => met.TrySetCanceled(token));
                if (options.Timeout is not { } timeout)
                {
                    await met.Task;
                    return true;
                }
                return await MeetInTimeAsync(met.Task, timeout, options.TimeoutSummary);
            }
            finally
            {
                if (node.List != null)
                {
                    conditions.Remove(node);
                }
            }
        });
    }

    private static void Copy(IDictionary<string, Payload>? headers, Action<Header> set)
    {
        if (headers is { Count: > 0 })
        {
            var header = new Header();
            header.Fields.Add(headers);
            set(header);
        }
    }

    private static Duration? ToProto(TimeSpan? duration) => duration is { } value ? Duration.FromTimeSpan(value) : null;

    private async Task<bool> MeetInTimeAsync(Task met, TimeSpan timeout, string? summary)
    {
        using var timerCancellation = new CancellationTokenSource();
        var timer = DelayWithOptionsAsync(new(timeout, summary, timerCancellation.Token));
        if (await Task.WhenAny(met, timer) != met)
        {
            return false;
        }
#pragma warning disable CA1849 // CancelAsync would leave the scheduler of the run.
        timerCancellation.Cancel();
#pragma warning restore CA1849
        await met;
        return true;
    }

    private (WorkflowInboundInterceptor Inbound, WorkflowOutboundInterceptor Outbound) BuildInterceptors()
    {
        var last = new WorkflowInbound(() => Instance);
        WorkflowInboundInterceptor first = last;
        foreach (var interceptor in details.Interceptors.Reverse())
        {
            first = interceptor.InterceptWorkflow(first);
        }
        first.Init(new OutboundEnd(this));
        return (first, last.Outbound ?? throw new InvalidOperationException("An interceptor did not pass on the outbound chain"));
    }

    private void RequireWritable(string what)
    {
        if (readOnlyPart != null)
        {
            throw new Exceptions.InvalidWorkflowOperationException($"{readOnlyPart} created workflow commands: it tried to {what}");
        }
    }

    private Payloads? ToPayloads(IReadOnlyCollection<object?> values)
    {
        if (values.Count == 0)
        {
            return null;
        }
        var payloads = new Payloads();
        foreach (var value in values)
        {
            payloads.Payloads_.Add(payloadConverter.ToPayload(value));
        }
        return payloads;
    }

    private UserMetadata? Metadata(string? summary, string? information = null) => summary == null && information == null
        ? null
        : new()
        {
            Summary = summary == null ? null : payloadConverter.ToPayload(summary),
            Details = information == null ? null : payloadConverter.ToPayload(information),
        };

    private Memo? ToMemo(IReadOnlyDictionary<string, object>? values)
    {
        if (values == null)
        {
            return null;
        }
        var proto = new Memo();
        foreach (var (key, value) in values)
        {
            proto.Fields[key] = payloadConverter.ToPayload(value);
        }
        return proto;
    }

    private Api.Command.V1.ContinueAsNewWorkflowExecutionCommandAttributes ContinueAsNewAttributes(
        CreateContinueAsNewExceptionInput input)
    {
        var options = input.Options ?? new();
        var attributes = new Api.Command.V1.ContinueAsNewWorkflowExecutionCommandAttributes
        {
            WorkflowType = new() { Name = input.Workflow },
            TaskQueue = new() { Name = options.TaskQueue ?? Info.TaskQueue },
            Input = ToPayloads(input.Args),
            WorkflowRunTimeout = ToProto(options.RunTimeout),
            WorkflowTaskTimeout = ToProto(options.TaskTimeout),
            RetryPolicy = (options.RetryPolicy ?? Info.RetryPolicy)?.ToProto(),
            Memo = ToMemo(options.Memo) ?? CurrentMemo(),
            SearchAttributes = options.TypedSearchAttributes?.ToProto() ?? searchAttributePayloads.Clone(),
            Header = details.Start.Started.Header?.Clone(),
            InitialVersioningBehavior = (Api.Enums.V1.ContinueAsNewVersioningBehavior)(options.InitialVersioningBehavior ?? default),
            BackoffStartInterval = ToProto(options.BackoffStartInterval),
        };
        Copy(input.Headers, header => attributes.Header = header);
        return attributes;
    }

    private Memo? CurrentMemo()
    {
        if (memo.Count == 0)
        {
            return null;
        }
        var proto = new Memo();
        foreach (var (key, value) in memo)
        {
            proto.Fields[key] = value.Payload;
        }
        return proto;
    }

    /// <summary>
    /// The end of the outbound chain.
    /// </summary>
    private sealed class OutboundEnd(WorkflowInstance run) : WorkflowOutboundInterceptor
    {
        /// <inheritdoc/>
        public override Task CancelExternalWorkflowAsync(CancelExternalWorkflowInput input) => run.CancelExternalAsync(input);

        /// <inheritdoc/>
        public override ContinueAsNewException CreateContinueAsNewException(CreateContinueAsNewExceptionInput input) => new(input);

        /// <inheritdoc/>
        public override Task DelayAsync(DelayAsyncInput input) => run.StartTimer(input);

        /// <inheritdoc/>
        public override Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input) =>
            run.ScheduleActivity<TResult>(input);

        /// <inheritdoc/>
        public override Task<TResult> ScheduleLocalActivityAsync<TResult>(ScheduleLocalActivityInput input) =>
            run.ScheduleLocalActivity<TResult>(input);

        /// <inheritdoc/>
        public override Task SignalChildWorkflowAsync(SignalChildWorkflowInput input) => run.SignalChild(input);

        /// <inheritdoc/>
        public override Task SignalExternalWorkflowAsync(SignalExternalWorkflowInput input) => run.SignalExternal(input);

        /// <inheritdoc/>
        public override Task<NexusOperationHandle<TResult>> StartNexusOperationAsync<TResult>(StartNexusOperationInput input) =>
            run.StartNexusOperation<TResult>(input);

        /// <inheritdoc/>
        public override Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
            StartChildWorkflowInput input) => run.StartChild<TWorkflow, TResult>(input);
    }
}
