using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Schedule.V1;
using Temporalio.DevServer.Schedules.Times;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Schedules;

/// <summary>
/// What a schedule does: pure and synchronous, over one document that the caller owns (a copy: whoever cannot commit it throws it away). Rules are those of
/// temporalio/temporal, service/worker/scheduler.
/// </summary>
/// <param name="document">The schedule. Changed in place.</param>
/// <param name="namespaceId">Jitter depends on it.</param>
internal sealed partial class Scheduler(ScheduleDocument document, string namespaceId)
{
    private readonly string seed = $"{namespaceId}-{document.ScheduleId}";
    private CompiledSpec spec = CompiledSpec.Compile(document.Schedule.Spec);

    public ScheduleDocument Document { get; } = document;

    private DateTimeOffset LastProcessed
    {
        get => Document.LastProcessed.ToDateTimeOffset();
        set => Document.LastProcessed = value.ToTimestamp();
    }

    private TimeSpan CatchupWindow => CanonicalSpec.Span(Document.Schedule.Policies.CatchupWindow);

    /// <summary>Puts what has become due into the buffer.</summary>
    public void Advance(DateTimeOffset now)
    {
        now = now < LastProcessed ? LastProcessed : now;
        // Time spent paused or out of actions is never made up for.
        LastProcessed = MayAct ? Buffer(LastProcessed, now, ScheduleOverlapPolicy.Unspecified, manual: false, int.MaxValue).Last : now;
    }

    /// <summary>Puts some more of what is to be backfilled into the buffer.</summary>
    public void Backfill()
    {
        var room = ScheduleLimits.BackfillsPerPass;
        while (Document.Backfills.Count > 0 && room > 0 && Document.Buffer.Count < ScheduleLimits.MaxBuffer / 2)
        {
            var backfill = Document.Backfills[0];
            var end = backfill.EndTime.ToDateTimeOffset();
            var (last, buffered) = Buffer(backfill.StartTime.ToDateTimeOffset(), end, backfill.OverlapPolicy, manual: true, room);
            room -= buffered;
            if (spec.Next(seed, last) is { } next && next.Actual <= end)
                backfill.StartTime = last.ToTimestamp();
            else
                Document.Backfills.RemoveAt(0);
        }
    }

    /// <summary>When this schedule next acts by itself, or null: paused, at its end, or waiting for a run to close.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now)
    {
        if (Document.Backfills.Count > 0 && Document.Buffer.Count < ScheduleLimits.MaxBuffer / 2)
            return now + TimeSpan.FromSeconds(1);
        return MayAct ? spec.Next(seed, LastProcessed)?.Actual : null;
    }

    /// <summary>Since when the schedule has nothing to do and never will, or null.</summary>
    public DateTimeOffset? IdleSince()
    {
        var state = Document.Schedule.State;
        var mayComeBack = state.Paused || Document.Backfills.Count > 0 || Document.Buffer.Count > 0 || Document.Info.RunningWorkflows.Count > 0;
        if (mayComeBack || (MayAct && spec.Next(seed, LastProcessed) is not null))
            return null;
        Timestamp?[] events = [Document.Info.CreateTime, Document.Info.UpdateTime, Document.Info.RecentActions.LastOrDefault()?.ActualTime];
        return events.OfType<Timestamp>().Max()!.ToDateTimeOffset();
    }

    /// <summary>Whether the schedule may take an action of its own now.</summary>
    private bool MayAct => !Document.Schedule.State.Paused && (!Document.Schedule.State.LimitedActions || Document.Schedule.State.RemainingActions > 0);

    private (DateTimeOffset Last, int Buffered) Buffer(DateTimeOffset start, DateTimeOffset end, ScheduleOverlapPolicy policy, bool manual, int room)
    {
        var (last, buffered) = (start, 0);
        var updated = Document.Info.UpdateTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        for (var looked = 0; looked < ScheduleLimits.TimesPerPass && buffered < room; looked++)
        {
            if (spec.Next(seed, last) is not { } next || next.Actual > end)
                break;
            last = next.Actual;
            // An update may look again at times before it, for those whose jitter ends after it.
            if (!manual && updated > next.Actual)
                continue;
            if (!manual && end - next.Actual > CatchupWindow)
            {
                Document.Info.MissedCatchupWindow++;
                continue;
            }

            Add(next.Nominal, next.Actual, policy, manual);
            buffered++;
        }

        return (last, buffered);
    }

    private void Add(DateTimeOffset nominal, DateTimeOffset actual, ScheduleOverlapPolicy policy, bool manual)
    {
        if (Document.Buffer.Count >= ScheduleLimits.MaxBuffer)
            Document.Info.BufferDropped++;
        else
            Document.Buffer.Add(new BufferedStart { NominalTime = nominal.ToTimestamp(), ActualTime = actual.ToTimestamp(), OverlapPolicy = policy, Manual = manual });
    }

    /// <summary>Applies overlap policies to the buffer. What is to be started stays in it, in front, until it is said to be started or dropped.</summary>
    public OverlapDecision Decide()
    {
        var decision = Document.Schedule.Action.StartWorkflow is null ? OverlapDecision.Nothing : OverlapDecision.Of(Document.Buffer, Document.Info.RunningWorkflows.Count > 0, Resolve);
        Document.Buffer.Clear();
        Document.Buffer.AddRange(decision.Starts);
        Document.Buffer.AddRange(decision.Waiting);
        Document.Info.OverlapSkipped += decision.Skipped;
        return decision;
    }

    /// <summary>Whether a start may still be taken: pause and limits may have changed since it was buffered. Counts it if so, else drops it.</summary>
    public bool TryTake(BufferedStart start)
    {
        if (!start.Manual && !MayAct)
        {
            Drop(start);
            return false;
        }

        if (!start.Manual && Document.Schedule.State.LimitedActions)
        {
            Document.Schedule.State.RemainingActions--;
            Document.ConflictToken++;
        }

        return true;
    }

    /// <summary>It cannot be started, now or later.</summary>
    public void Drop(BufferedStart start) => Document.Buffer.Remove(start);

    /// <summary>It is started with the commit of this document.</summary>
    /// <param name="start">Which.</param>
    /// <param name="run">The run that it becomes.</param>
    /// <param name="now">When.</param>
    /// <param name="tracked">Whether later starts must heed it: not where all may overlap.</param>
    public void Started(BufferedStart start, WorkflowExecution run, DateTimeOffset now, bool tracked)
    {
        Document.Buffer.Remove(start);
        var info = Document.Info;
        info.ActionCount++;
        info.RecentActions.Add(new ScheduleActionResult { ScheduleTime = start.ActualTime, ActualTime = now.ToTimestamp(), StartWorkflowResult = run, StartWorkflowStatus = WorkflowExecutionStatus.Running });
        while (info.RecentActions.Count > ScheduleLimits.RecentActions)
            info.RecentActions.RemoveAt(0);
        if (tracked)
            info.RunningWorkflows.Add(run);
    }

    /// <summary>The request for a start, as the real scheduler makes it.</summary>
    public StartWorkflowExecutionRequest Request(BufferedStart start, string namespaceName, string requestId)
    {
        var action = Document.Schedule.Action.StartWorkflow;
        var nominal = DateTimeOffset.FromUnixTimeSeconds(start.NominalTime.Seconds);
        var overlapsAll = start.OverlapPolicy == ScheduleOverlapPolicy.AllowAll;
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = namespaceName,
            WorkflowId = WorkflowIdAt(action.WorkflowId, nominal),
            WorkflowType = action.WorkflowType,
            TaskQueue = action.TaskQueue,
            Input = action.Input,
            WorkflowExecutionTimeout = action.WorkflowExecutionTimeout,
            WorkflowRunTimeout = action.WorkflowRunTimeout,
            WorkflowTaskTimeout = action.WorkflowTaskTimeout,
            Identity = Identity(namespaceName, Document.ScheduleId),
            RequestId = requestId,
            WorkflowIdReusePolicy = start.Manual ? WorkflowIdReusePolicy.AllowDuplicate : WorkflowIdReusePolicy.RejectDuplicate,
            WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.Fail,
            RetryPolicy = action.RetryPolicy,
            Memo = action.Memo,
            SearchAttributes = action.SearchAttributes?.Clone() ?? new SearchAttributes(),
            Header = action.Header,
            LastCompletionResult = overlapsAll ? null : Document.LastCompletionResult,
            ContinuedFailure = overlapsAll ? null : Document.ContinuedFailure,
            UserMetadata = action.UserMetadata,
            Priority = action.Priority,
            VersioningOverride = action.VersioningOverride,
        };
        request.SearchAttributes.IndexedFields["TemporalScheduledStartTime"] = SearchAttributePayloads.ToPayload(IndexedValueType.Datetime, nominal);
        request.SearchAttributes.IndexedFields["TemporalScheduledById"] = SearchAttributePayloads.ToPayload(IndexedValueType.Keyword, Document.ScheduleId);
        return request.Clone();
    }

    /// <summary>As whom a schedule acts.</summary>
    public static string Identity(string namespaceName, string scheduleId) => $"temporal-scheduler-{namespaceName}-{scheduleId}";

    /// <summary>A workflow id with the time that it stands for, in whole seconds of UTC.</summary>
    public static string WorkflowIdAt(string workflowId, DateTimeOffset nominal) =>
        $"{workflowId}-{nominal.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>A run that was started has closed, with all that followed it.</summary>
    public void Closed(string workflowId, RunOutcome outcome)
    {
        if (Document.Info.RunningWorkflows.FirstOrDefault(r => r.WorkflowId == workflowId) is { } running)
            Document.Info.RunningWorkflows.Remove(running);
        if (Document.Info.RecentActions.FirstOrDefault(a => a.StartWorkflowResult.WorkflowId == workflowId) is { } action)
            action.StartWorkflowStatus = outcome.Status;
        PauseOnFailure(workflowId, outcome);
        if (outcome.Result is not null)
            (Document.LastCompletionResult, Document.ContinuedFailure) = (outcome.Result, null);
        else if (outcome.Failure is not null)
            Document.ContinuedFailure = outcome.Failure;
    }

    private void PauseOnFailure(string workflowId, RunOutcome outcome)
    {
        var state = Document.Schedule.State;
        var failed = outcome.Status is WorkflowExecutionStatus.Failed or WorkflowExecutionStatus.TimedOut;
        if (!Document.Schedule.Policies.PauseOnFailure || !failed || state.Paused)
            return;
        state.Paused = true;
        state.Notes = outcome.Status == WorkflowExecutionStatus.Failed
            ? $"paused due to workflow failure: {workflowId}: {outcome.Failure?.Message}"
            : $"paused due to workflow timeout: {workflowId}";
        Document.ConflictToken++;
    }

    private ScheduleOverlapPolicy Resolve(ScheduleOverlapPolicy policy) =>
        policy != ScheduleOverlapPolicy.Unspecified ? policy
        : Document.Schedule.Policies.OverlapPolicy != ScheduleOverlapPolicy.Unspecified ? Document.Schedule.Policies.OverlapPolicy
        : ScheduleOverlapPolicy.Skip;
}
