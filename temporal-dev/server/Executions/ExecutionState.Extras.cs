using Google.Protobuf.WellKnownTypes;

namespace Temporalio.DevServer.Executions;

// What is acknowledged and is not an event: out to the store and back.
internal sealed partial class ExecutionState
{
    /// <summary>All of it, as stored with every transition. Leaves out what is in memory only: stickiness, speculative tasks, admitted updates.</summary>
    internal byte[] WriteExtras()
    {
        var extras = new Extras
        {
            StartRequestId = StartRequestId,
            HistorySizeBytes = HistorySizeBytes,
            StateTransitionCount = StateTransitionCount,
            FirstTaskDue = Stamp(FirstTaskDue),
            CancelRequestId = CancelRequestId,
            NotifyParentPending = NotifyParentPending,
            LastResetTime = Stamp(LastResetTime),
            ResetRunId = ResetRunId,
            TaskAttempt = TaskAttempt,
            CloseAttempted = CloseAttempted,
            SearchAttributes = SearchAttributes,
            WorkflowTask = Task is { IsSpeculative: false } ? Write(Task) : null,
        };
        extras.BufferedEvents.AddRange(Buffered);
        extras.ChildrenToClose.AddRange(ChildrenToClose.Values);
        extras.ChildrenToStart.AddRange(ChildrenToStart);
        foreach (var (id, (type, eventId)) in RequestEvents)
            extras.RequestEvents.Add(new RequestEventExtras { RequestId = id, EventType = (int)type, EventId = eventId });
        foreach (var activity in Activities.Values)
        {
            if (activity.HasExtras)
                extras.Activities.Add(Write(activity));
        }

        return extras.ToByteArray();
    }

    private void ReadExtras(Extras extras)
    {
        StartRequestId = extras.StartRequestId;
        HistorySizeBytes = extras.HistorySizeBytes;
        StateTransitionCount = extras.StateTransitionCount;
        FirstTaskDue = extras.FirstTaskDue?.ToDateTimeOffset();
        CancelRequestId = extras.CancelRequestId;
        NotifyParentPending = extras.NotifyParentPending;
        LastResetTime = extras.LastResetTime?.ToDateTimeOffset();
        ResetRunId = extras.ResetRunId;
        TaskAttempt = extras.TaskAttempt;
        CloseAttempted = extras.CloseAttempted;
        ChildrenToStart.UnionWith(extras.ChildrenToStart);
        foreach (var child in extras.ChildrenToClose)
            ChildrenToClose[child.InitiatedEventId] = child;
        foreach (var buffered in extras.BufferedEvents)
        {
            Buffered.Add(buffered);
            Apply(buffered);
        }

        foreach (var request in extras.RequestEvents)
            RequestEvents[request.RequestId] = ((EventType)request.EventType, request.EventId);
        foreach (var stored in extras.Activities)
        {
            if (Activities.TryGetValue(stored.ScheduledEventId, out var activity))
                Read(stored, activity);
        }

        Task = extras.WorkflowTask is { } task ? Read(task) : null;
        // Build ids are added without an event.
        SearchAttributes = extras.SearchAttributes;
    }

    private static WorkflowTaskExtras Write(WorkflowTaskState task)
    {
        var extras = new WorkflowTaskExtras
        {
            ScheduledEventId = task.ScheduledEventId,
            StartedEventId = task.StartedEventId,
            Attempt = task.Attempt,
            ScheduledTime = Durations.Stamp(task.ScheduledTime),
            OriginalScheduledTime = Durations.Stamp(task.OriginalScheduledTime),
            StartedTime = task.IsStarted ? Durations.Stamp(task.StartedTime) : null,
            Timeout = Durations.Of(task.Timeout),
            RequestId = task.RequestId,
            Identity = task.Identity,
            HistorySizeBytes = task.HistorySizeBytes,
            SuggestContinueAsNew = task.SuggestContinueAsNew,
            Version = task.Version,
        };
        foreach (var reason in task.SuggestReasons)
            extras.SuggestContinueAsNewReasons.Add((int)reason);
        return extras;
    }

    private static WorkflowTaskState Read(WorkflowTaskExtras stored) => new()
    {
        ScheduledEventId = stored.ScheduledEventId,
        StartedEventId = stored.StartedEventId,
        Attempt = stored.Attempt,
        ScheduledTime = stored.ScheduledTime.ToDateTimeOffset(),
        OriginalScheduledTime = stored.OriginalScheduledTime.ToDateTimeOffset(),
        StartedTime = stored.StartedTime?.ToDateTimeOffset() ?? default,
        Timeout = Durations.Span(stored.Timeout),
        RequestId = stored.RequestId,
        Identity = stored.Identity,
        HistorySizeBytes = stored.HistorySizeBytes,
        SuggestContinueAsNew = stored.SuggestContinueAsNew,
        SuggestReasons = [.. stored.SuggestContinueAsNewReasons.Select(r => (SuggestContinueAsNewReason)r)],
        Version = stored.Version,
    };

    private static ActivityExtras Write(ActivityState activity) => new()
    {
        ScheduledEventId = activity.ScheduledEventId,
        Attempt = activity.Attempt,
        Stamp = activity.Stamp,
        AttemptScheduledTime = Durations.Stamp(activity.AttemptScheduledTime),
        FirstScheduledTime = Durations.Stamp(activity.FirstScheduledTime),
        Started = activity.IsStarted,
        StartedTime = activity.IsStarted ? Durations.Stamp(activity.StartedTime) : null,
        StartedIdentity = activity.StartedIdentity,
        RequestId = activity.RequestId,
        LastHeartbeatTime = Stamp(activity.LastHeartbeatTime),
        HeartbeatDetails = activity.HeartbeatDetails,
        LastFailure = activity.LastFailure,
        LastWorkerIdentity = activity.LastWorkerIdentity,
        LastAttemptCompleteTime = Stamp(activity.LastAttemptCompleteTime),
        LastStartedTime = Stamp(activity.LastStartedTime),
        Pause = activity.Pause,
        ResetRequested = activity.ResetRequested,
        ResetHeartbeat = activity.ResetHeartbeat,
        Options = activity.Options,
    };

    private static void Read(ActivityExtras stored, ActivityState activity)
    {
        activity.Attempt = stored.Attempt;
        activity.Stamp = stored.Stamp;
        activity.AttemptScheduledTime = stored.AttemptScheduledTime.ToDateTimeOffset();
        activity.FirstScheduledTime = stored.FirstScheduledTime.ToDateTimeOffset();
        activity.IsStarted = stored.Started;
        activity.StartedTime = stored.StartedTime?.ToDateTimeOffset() ?? default;
        activity.StartedIdentity = stored.StartedIdentity;
        activity.RequestId = stored.RequestId;
        activity.LastHeartbeatTime = stored.LastHeartbeatTime?.ToDateTimeOffset();
        activity.HeartbeatDetails = stored.HeartbeatDetails;
        activity.LastFailure = stored.LastFailure;
        activity.LastWorkerIdentity = stored.LastWorkerIdentity;
        activity.LastAttemptCompleteTime = stored.LastAttemptCompleteTime?.ToDateTimeOffset();
        activity.LastStartedTime = stored.LastStartedTime?.ToDateTimeOffset();
        activity.Pause = stored.Pause;
        activity.ResetRequested = stored.ResetRequested;
        activity.ResetHeartbeat = stored.ResetHeartbeat;
        activity.Options = stored.Options;
        activity.IsOffered = !stored.Started && activity.AttemptScheduledTime == activity.FirstScheduledTime;
    }

    private static Timestamp? Stamp(DateTimeOffset? time) => time is { } at ? Durations.Stamp(at) : null;

    /// <summary>The run as it was after its last commit.</summary>
    /// <param name="stored">The run as stored.</param>
    /// <param name="events">All its events, in order.</param>
    /// <exception cref="InvalidDataException">Events are missing or not in order.</exception>
    public static ExecutionState Rebuild(StoredRun stored, IEnumerable<HistoryEvent> events)
    {
        var state = new ExecutionState(stored.Run) { Version = stored.Version };
        foreach (var e in events)
        {
            if (e.EventId != state.NextEventId || (e.EventId == 1) != (e.EventType == EventType.WorkflowExecutionStarted))
                throw new InvalidDataException($"Run {stored.Run.RunId} has event {e.EventId} ({e.EventType}) where {state.NextEventId} is due.");
            state.NextEventId++;
            state.Apply(e);
        }

        if (state.NextEventId != stored.NextEventId)
            throw new InvalidDataException($"Run {stored.Run.RunId} has {state.NextEventId - 1} events where {stored.NextEventId - 1} are stored.");
        state.ReadExtras(Temporalio.DevServer.Executions.Extras.Parser.ParseFrom(stored.Extras));
        return state;
    }
}
