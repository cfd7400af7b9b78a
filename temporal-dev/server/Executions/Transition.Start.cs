using Temporalio.Api.TaskQueue.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Executions;

// How a run begins.
internal sealed partial class Transition
{
    /// <summary>The current run of the workflow id that this one replaces, or null.</summary>
    private string? replacesRunId;

    private bool isNew;

    /// <summary>Begins a new run.</summary>
    /// <exception cref="RpcRefusal">A duration or the cron schedule is invalid.</exception>
    /// <exception cref="InvalidSearchAttributesException">A search attribute is.</exception>
    public static Transition Start(StartFacts facts, TransitionContext context)
    {
        var request = facts.Request;
        var started = Attributes(facts, context);
        var transition = Begin(facts.RunId, request.WorkflowId, request.RequestId, facts.ReplacesRunId, context);
        transition.WriteFirst(started, request.Links, request.UserMetadata);
        if (facts.Signal is { } signal)
            transition.WriteSignal(signal);
        transition.ScheduleFirstTask();
        return transition;
    }

    private static Transition Begin(string runId, string workflowId, string requestId, string? replacesRunId, TransitionContext context)
    {
        var state = new ExecutionState(new RunKey(context.Namespace.Id, workflowId, runId)) { StartRequestId = requestId };
        if (requestId.Length > 0)
            state.RequestEvents[requestId] = (EventType.WorkflowExecutionStarted, 1);
        return new Transition(state, context) { replacesRunId = replacesRunId, isNew = true, visibilityChanged = true };
    }

    private void WriteFirst(WorkflowExecutionStartedEventAttributes started, IEnumerable<Link> links, Api.Sdk.V1.UserMetadata? metadata)
    {
        var e = New(EventType.WorkflowExecutionStarted);
        e.WorkflowExecutionStartedEventAttributes = started;
        e.UserMetadata = metadata;
        e.Links.AddRange(links);
        Append(e);
    }

    /// <summary>Makes the first workflow task, now or when the backoff is over.</summary>
    private void ScheduleFirstTask()
    {
        if (State.ExecutionTime > State.StartTime)
            State.FirstTaskDue = State.ExecutionTime;
        else
            ScheduleTask();
    }

    private static WorkflowExecutionStartedEventAttributes Attributes(StartFacts facts, TransitionContext context)
    {
        var request = facts.Request;
        var execution = Durations.Span(request.WorkflowExecutionTimeout);
        var run = CommandRules.RunTimeout(Durations.Span(request.WorkflowRunTimeout), execution);
        var started = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = request.WorkflowType,
            WorkflowId = request.WorkflowId,
            TaskQueue = request.TaskQueue.Kind == TaskQueueKind.Normal ? request.TaskQueue : new TaskQueue { Name = request.TaskQueue.Name, Kind = TaskQueueKind.Normal },
            Input = request.Input,
            // Left out stays left out, as on the real server.
            WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
            WorkflowRunTimeout = run == Durations.Span(request.WorkflowRunTimeout) ? request.WorkflowRunTimeout : Durations.Of(run),
            WorkflowTaskTimeout = Durations.Of(CommandRules.TaskTimeout(Durations.Span(request.WorkflowTaskTimeout), run, context.Limits)),
            OriginalExecutionRunId = facts.RunId,
            FirstExecutionRunId = facts.RunId,
            Identity = request.Identity,
            RetryPolicy = WorkflowRetry(request, context),
            Attempt = 1,
            CronSchedule = request.CronSchedule,
            // Also of a first run: its wait comes from the schedule.
            Initiator = request.CronSchedule.Length > 0 ? ContinueAsNewInitiator.CronSchedule : ContinueAsNewInitiator.Unspecified,
            FirstWorkflowTaskBackoff = Durations.Of(FirstBackoffOf(request, context)),
            Memo = PayloadFacts.WithoutNothing(request.Memo),
            SearchAttributes = SearchAttributePayloads.ForStart(request.SearchAttributes, context.Namespace.SearchAttributes, context.Namespace.Name),
            Header = request.Header,
            LastCompletionResult = request.LastCompletionResult,
            ContinuedFailure = request.ContinuedFailure,
            VersioningOverride = request.VersioningOverride,
            Priority = request.Priority,
            EagerExecutionAccepted = facts.EagerAccepted,
        };
        started.CompletionCallbacks.AddRange(request.CompletionCallbacks);
        if (execution > TimeSpan.Zero)
            started.WorkflowExecutionExpirationTime = Durations.Stamp(Durations.Add(context.Now, execution + Durations.Span(started.FirstWorkflowTaskBackoff)));
        if (facts.Parent is { } parent)
            SetParent(started, parent);
        return started;
    }

    private static void SetParent(WorkflowExecutionStartedEventAttributes started, ParentFacts parent)
    {
        started.ParentWorkflowNamespace = parent.NamespaceName;
        started.ParentWorkflowNamespaceId = parent.NamespaceId;
        started.ParentWorkflowExecution = parent.Execution;
        started.ParentInitiatedEventId = parent.InitiatedEventId;
        started.RootWorkflowExecution = parent.Root;
    }

    private static RetryPolicy? WorkflowRetry(StartWorkflowExecutionRequest request, TransitionContext context)
    {
        if (request.RetryPolicy is null)
            return null;
        RetryRules.FillIn(request.RetryPolicy, context.Limits);
        return RetryRules.WhyNot(request.RetryPolicy) is { } wrong ? throw RpcRefusal.InvalidArgument(wrong) : request.RetryPolicy;
    }

    private static TimeSpan FirstBackoffOf(StartWorkflowExecutionRequest request, TransitionContext context)
    {
        if (request.CronSchedule.Length == 0)
            return Durations.Span(request.WorkflowStartDelay);
        if (CronSchedule.WhyNot(request.CronSchedule) is { } wrong)
            throw RpcRefusal.InvalidArgument(wrong);
        return CronSchedule.Wait(request.CronSchedule, context.Now, context.Now) ?? TimeSpan.Zero;
    }
}

/// <summary>
/// A new execution. Who comes first under a workflow id is decided before (conflict and reuse policies); this only says what begins.
/// </summary>
/// <param name="RunId">Fresh lower-case UUID.</param>
/// <param name="Request">As a client writes it; signal-with-start, children and schedules are brought into this form.</param>
internal sealed record StartFacts(string RunId, StartWorkflowExecutionRequest Request)
{
    /// <summary>The workflow id's current run until now, or null if there is none: the write fails if that has changed.</summary>
    public string? ReplacesRunId { get; init; }

    /// <summary>The parent of a child workflow.</summary>
    public ParentFacts? Parent { get; init; }

    /// <summary>Signal-with-start: recorded right after the start.</summary>
    public SignalFacts? Signal { get; init; }

    /// <summary>Whether the caller takes the first workflow task with the answer (eager workflow start), and so the start event says so.</summary>
    public bool EagerAccepted { get; init; }
}

/// <summary>The parent of a run, as its first event names it.</summary>
/// <param name="NamespaceName">The parent's namespace.</param>
/// <param name="NamespaceId">Its id.</param>
/// <param name="Execution">The parent.</param>
/// <param name="InitiatedEventId">The parent's event that began the child.</param>
/// <param name="Root">The topmost ancestor.</param>
internal sealed record ParentFacts(string NamespaceName, string NamespaceId, WorkflowExecution Execution, long InitiatedEventId, WorkflowExecution Root);
