using Temporalio.Api.Failure.V1;

namespace Temporalio.DevServer.Executions;

// What a run does by itself when its time has come.
internal sealed partial class Transition
{
    /// <summary>Does everything that is due: timeouts of the run, delayed starts, timers, timeouts and retries. Harmless when nothing is.</summary>
    public void Fire()
    {
        if (!State.IsOpen)
            return;
        if (TimeOutRun())
            return;
        if (State.FirstTaskDue <= Now)
        {
            State.FirstTaskDue = null;
            changed = true;
            ScheduleTask();
        }

        if (State.Task is { } task && task.Due <= Now)
        {
            TimeOutTask(task, task.IsStarted ? TimeoutType.StartToClose : TimeoutType.ScheduleToStart);
            ScheduleTask();
        }

        FireTimers();
        FireActivities();
    }

    private void FireTimers()
    {
        List<TimerState>? due = null;
        foreach (var timer in State.Timers.Values)
        {
            if (timer.Due <= Now)
                (due ??= []).Add(timer);
        }

        if (due is null)
            return;
        due.Sort((a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.StartedEventId.CompareTo(b.StartedEventId));
        foreach (var timer in due)
        {
            var e = New(EventType.TimerFired);
            e.TimerFiredEventAttributes = new TimerFiredEventAttributes { TimerId = timer.TimerId, StartedEventId = timer.StartedEventId };
            Append(e);
        }

        ScheduleTask();
    }

    private void FireActivities()
    {
        List<ActivityState>? due = null;
        foreach (var activity in State.Activities.Values)
        {
            if (NextDue(activity) <= Now)
                (due ??= []).Add(activity);
        }

        foreach (var activity in due ?? [])
            Fire(activity);
    }

    private void Fire(ActivityState activity)
    {
        if (DueTimeout(activity) is { } timeout)
            TimeOut(activity, timeout);
        else if (activity is { IsStarted: false, IsOffered: false, Pause: null } && activity.AttemptScheduledTime <= Now)
            Offer(activity);
    }

    /// <summary>Which timeout has come first, if one has.</summary>
    private TimeoutType? DueTimeout(ActivityState activity)
    {
        (DateTimeOffset At, TimeoutType Type)? first = null;
        if (activity.Expiration is { } expiration)
            first = (expiration, TimeoutType.ScheduleToClose);
        if (activity.IsStarted)
        {
            First(ref first, activity.StartedTime, activity.StartToClose, TimeoutType.StartToClose);
            First(ref first, activity.LastSign, activity.Heartbeat, TimeoutType.Heartbeat);
        }
        else if (activity.Pause is null)
        {
            First(ref first, activity.AttemptScheduledTime, activity.ScheduleToStart, TimeoutType.ScheduleToStart);
        }

        return first?.At <= Now ? first.Value.Type : null;
    }

    private static void First(ref (DateTimeOffset At, TimeoutType Type)? first, DateTimeOffset from, TimeSpan timeout, TimeoutType type)
    {
        if (timeout > TimeSpan.Zero && Durations.Add(from, timeout) is var at && (first is null || at < first.Value.At))
            first = (at, type);
    }

    private void TimeOut(ActivityState activity, TimeoutType type)
    {
        var failure = TimeoutFailure(type);
        var state = Retry(activity, failure);
        if (state == RetryState.InProgress)
            return;
        if (type == TimeoutType.ScheduleToStart && state == RetryState.NonRetryableFailure)
        {
            state = RetryState.Timeout;
        }
        else if (state == RetryState.Timeout || (type == TimeoutType.ScheduleToClose && state == RetryState.NonRetryableFailure))
        {
            // There is no time for another attempt: that is the same as the end of all time.
            state = RetryState.Timeout;
            failure = TimeoutFailure(TimeoutType.ScheduleToClose);
            failure.Message = "Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying";
        }

        failure.TimeoutFailureInfo.LastHeartbeatDetails = activity.HeartbeatDetails;
        var e = Ending(activity, EventType.ActivityTaskTimedOut);
        e.ActivityTaskTimedOutEventAttributes = new ActivityTaskTimedOutEventAttributes
        {
            ScheduledEventId = activity.ScheduledEventId,
            StartedEventId = WriteStarted(activity),
            Failure = failure,
            RetryState = state,
        };
        Append(e);
        ScheduleTask();
    }

    private static Failure TimeoutFailure(TimeoutType type) => new()
    {
        Message = $"activity {type} timeout",
        Source = "Server",
        TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = type },
    };
}
