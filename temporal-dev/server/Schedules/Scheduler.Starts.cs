using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Schedule.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Schedules;

// Who of those that wait is started, and what is told to the new run.
internal sealed partial class Scheduler
{
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
