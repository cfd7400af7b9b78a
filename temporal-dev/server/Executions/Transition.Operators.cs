using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Workflow.V1;

namespace Temporalio.DevServer.Executions;

// What operators change in a run: its options, and activities that do not get on.
internal sealed partial class Transition
{
    /// <summary>Changes options of the run; what it has afterwards.</summary>
    /// <param name="options">The new values.</param>
    /// <param name="mask">Which of them count: versioning_override, priority.</param>
    /// <param name="identity">Who asks.</param>
    /// <exception cref="RpcRefusal">The run is closed, or the mask names something else.</exception>
    public WorkflowExecutionOptions UpdateOptions(WorkflowExecutionOptions? options, FieldMask? mask, string identity)
    {
        RequireOpen();
        options ??= new WorkflowExecutionOptions();
        var e = New(EventType.WorkflowExecutionOptionsUpdated);
        e.WorkerMayIgnore = true;
        var updated = e.WorkflowExecutionOptionsUpdatedEventAttributes = new WorkflowExecutionOptionsUpdatedEventAttributes { Identity = identity };
        var hasChange = false;
        foreach (var path in mask?.Paths ?? [])
        {
            switch (path.Split('.')[0])
            {
                case "versioning_override" or "versioningOverride":
                    hasChange |= !Equals(options.VersioningOverride, State.Versioning?.VersioningOverride);
                    updated.VersioningOverride = options.VersioningOverride;
                    updated.UnsetVersioningOverride = options.VersioningOverride is null;
                    break;
                case "priority":
                    hasChange |= !Equals(options.Priority, State.Priority);
                    updated.Priority = options.Priority;
                    break;
                default:
                    throw RpcRefusal.InvalidArgument($"error applying mask: field {path} is not supported");
            }
        }

        if (hasChange)
            Append(e);
        return new WorkflowExecutionOptions { VersioningOverride = State.Versioning?.VersioningOverride, Priority = State.Priority };
    }

    /// <summary>Holds an activity back: the attempt under way may end, no other begins.</summary>
    /// <exception cref="RpcRefusal">There is no such activity.</exception>
    public void PauseActivity(PauseActivityRequest request)
    {
        foreach (var activity in Find(request.Id, request.Type, all: false))
        {
            if (activity.Pause is not null)
                continue;
            activity.Pause = new ActivityPauseExtras { Time = Durations.Stamp(Now), Identity = request.Identity, Reason = request.Reason, RequestId = request.RequestId };
            if (!activity.IsStarted)
                Withdraw(activity);
            changed = true;
        }
    }

    /// <summary>Lets an activity go on.</summary>
    /// <exception cref="RpcRefusal">There is no such activity.</exception>
    public void UnpauseActivity(UnpauseActivityRequest request)
    {
        foreach (var activity in Find(request.Id, request.Type, request.UnpauseAll))
        {
            if (activity.Pause is null)
                continue;
            activity.Pause = null;
            if (request.ResetAttempts)
                ToFirstAttempt(activity);
            if (request.ResetHeartbeat)
                activity.HeartbeatDetails = null;
            if (!activity.IsStarted)
            {
                activity.LastFailure = null;
                OfferSoon(activity, request.ResetAttempts, Durations.Span(request.Jitter));
            }

            changed = true;
        }
    }

    /// <summary>Begins an activity anew with its first attempt; one that is with a worker when that attempt has ended.</summary>
    /// <exception cref="RpcRefusal">There is no such activity.</exception>
    public void ResetActivity(ResetActivityRequest request)
    {
        foreach (var activity in Find(request.Id, request.Type, request.MatchAll))
        {
            if (request.RestoreOriginalOptions)
                activity.Options = null;
            if (!request.KeepPaused)
                activity.Pause = null;
            changed = true;
            if (activity.IsStarted)
            {
                activity.ResetRequested = true;
                activity.ResetHeartbeat = request.ResetHeartbeat;
                continue;
            }

            ToFirstAttempt(activity);
            if (request.ResetHeartbeat)
                activity.HeartbeatDetails = null;
            OfferSoon(activity, atOnce: true, Durations.Span(request.Jitter));
        }
    }

    /// <summary>Changes options of an activity, from its next attempt on; what they are afterwards.</summary>
    /// <exception cref="RpcRefusal">There is no such activity, or the mask names something else.</exception>
    public ActivityOptions UpdateActivityOptions(UpdateActivityOptionsRequest request)
    {
        var result = new ActivityOptions();
        foreach (var activity in Find(request.Id, request.Type, request.MatchAll))
        {
            activity.Options = request.RestoreOriginal ? null : ActivityOptionRules.Merge(activity.Options ?? ExecutionState.OptionsOf(activity), request.ActivityOptions, request.UpdateMask, Limits);
            if (!activity.IsStarted && activity.Pause is null)
            {
                // The attempt is made anew, as on the real server: its wait is measured again, and what failed before is forgotten.
                activity.LastFailure = null;
                if (activity.LastAttemptCompleteTime is { } ended)
                    activity.AttemptScheduledTime = Durations.Add(ended, RetryRules.Wait(activity.Attempt - 1, activity.RetryPolicy));
                OfferSoon(activity, atOnce: false, TimeSpan.Zero);
            }

            result = activity.Options ?? ExecutionState.OptionsOf(activity);
            changed = true;
        }

        return result;
    }

    /// <summary>The attempt under way has ended and an operator wants the activity to begin anew.</summary>
    private void BeginAnew(ActivityState activity, Failure? failure)
    {
        EndAttempt(activity, failure);
        ToFirstAttempt(activity);
        activity.Stamp++;
        activity.ResetRequested = false;
        if (activity.ResetHeartbeat)
            activity.HeartbeatDetails = null;
        activity.ResetHeartbeat = false;
        activity.AttemptScheduledTime = Now;
        activity.IsOffered = false;
        if (activity.Pause is null)
            Offer(activity);
    }

    private static void ToFirstAttempt(ActivityState activity)
    {
        activity.Attempt = 1;
        activity.LastFailure = null;
    }

    private void Withdraw(ActivityState activity)
    {
        Offers.RemoveAll(o => o is ActivityTaskToOffer && o.ScheduledEventId == activity.ScheduledEventId);
        activity.Stamp++;
        activity.IsOffered = false;
    }

    private void OfferSoon(ActivityState activity, bool atOnce, TimeSpan jitter)
    {
        Withdraw(activity);
        if (atOnce || activity.AttemptScheduledTime < Now)
            activity.AttemptScheduledTime = Durations.Add(Now, jitter * context.Ids.NextFraction());
        if (activity.AttemptScheduledTime <= Now && activity.Pause is null)
            Offer(activity);
    }

    private List<ActivityState> Find(string id, string type, bool all)
    {
        RequireOpen();
        var found = new List<ActivityState>();
        foreach (var activity in State.Activities.Values)
        {
            if (all || (id.Length > 0 && activity.Id == id) || (type.Length > 0 && activity.Scheduled.ActivityType.Name == type))
                found.Add(activity);
        }

        return found.Count > 0 || all ? found : throw RpcRefusal.NotFound("activity not found");
    }
}
