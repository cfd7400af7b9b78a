using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>An activity that has not closed.</summary>
internal sealed class ActivityState
{
    public ActivityState(HistoryEvent scheduled)
    {
        Scheduled = scheduled.ActivityTaskScheduledEventAttributes;
        ScheduledEventId = scheduled.EventId;
        FirstScheduledTime = scheduled.EventTime.ToDateTimeOffset();
        AttemptScheduledTime = FirstScheduledTime;
    }

    /// <summary>As the workflow wanted it.</summary>
    public ActivityTaskScheduledEventAttributes Scheduled { get; }

    public long ScheduledEventId { get; }

    /// <summary>As an operator wants it; null: as the workflow did.</summary>
    public ActivityOptions? Options { get; set; }

    /// <summary>From 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Grows with pause, reset and new options, so that older offers are stale.</summary>
    public int Stamp { get; set; }

    public DateTimeOffset FirstScheduledTime { get; set; }

    /// <summary>From when on this attempt may be handed out.</summary>
    public DateTimeOffset AttemptScheduledTime { get; set; }

    /// <summary>Whether this attempt is with a worker.</summary>
    public bool IsStarted { get; set; }

    public DateTimeOffset StartedTime { get; set; }

    public string StartedIdentity { get; set; } = "";

    public string RequestId { get; set; } = "";

    public DateTimeOffset? LastHeartbeatTime { get; set; }

    public Payloads? HeartbeatDetails { get; set; }

    public Failure? LastFailure { get; set; }

    public string LastWorkerIdentity { get; set; } = "";

    public DateTimeOffset? LastAttemptCompleteTime { get; set; }

    public DateTimeOffset? LastStartedTime { get; set; }

    /// <summary>The event that asked for its cancellation, or 0.</summary>
    public long CancelRequestedEventId { get; set; }

    public ActivityPauseExtras? Pause { get; set; }

    /// <summary>An operator wants it to begin anew once the attempt under way has ended.</summary>
    public bool ResetRequested { get; set; }

    /// <summary>With that, heartbeat details are dropped.</summary>
    public bool ResetHeartbeat { get; set; }

    /// <summary>Whether this attempt is offered to pollers: it is not in backoff. In memory only; after a load a first attempt is, later ones are when they are due.</summary>
    public bool IsOffered { get; set; } = true;

    public string Id => Scheduled.ActivityId;

    public bool CancelRequested => CancelRequestedEventId != 0;

    public string TaskQueue => Options?.TaskQueue?.Name is { Length: > 0 } name ? name : Scheduled.TaskQueue.Name;

    public RetryPolicy RetryPolicy => Options?.RetryPolicy ?? Scheduled.RetryPolicy;

    public TimeSpan ScheduleToClose => Span(Options is null ? Scheduled.ScheduleToCloseTimeout : Options.ScheduleToCloseTimeout);

    public TimeSpan ScheduleToStart => Span(Options is null ? Scheduled.ScheduleToStartTimeout : Options.ScheduleToStartTimeout);

    public TimeSpan StartToClose => Span(Options is null ? Scheduled.StartToCloseTimeout : Options.StartToCloseTimeout);

    public TimeSpan Heartbeat => Span(Options is null ? Scheduled.HeartbeatTimeout : Options.HeartbeatTimeout);

    /// <summary>When this attempt was last heard of: its start or a later heartbeat.</summary>
    public DateTimeOffset LastSign => LastHeartbeatTime is { } heartbeat && heartbeat > StartedTime ? heartbeat : StartedTime;

    /// <summary>When no attempt may run any longer, or null.</summary>
    public DateTimeOffset? Expiration => ScheduleToClose > TimeSpan.Zero ? Durations.Add(FirstScheduledTime, ScheduleToClose) : null;

    /// <summary>Whether anything of it must be kept beside its events.</summary>
    public bool HasExtras => IsStarted || Attempt > 1 || Stamp > 0 || Options is not null || Pause is not null || LastFailure is not null || LastHeartbeatTime is not null;

    private static TimeSpan Span(Duration? duration) => Durations.Span(duration);
}
