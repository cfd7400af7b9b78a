using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// An activity.
/// </summary>
/// <param name="owner">Run.</param>
/// <param name="request">What the workflow asked for.</param>
internal sealed class ActivityMachine(WorkflowMachines owner, WorkflowRequest.ScheduleActivity request) : CommandMachine
{
    private readonly string activityId = request.Attributes.ActivityId;
    private readonly string activityType = request.Attributes.ActivityType.Name;
    private readonly bool checkIdAndType = owner.Flags.TryUse(SdkFlags.IdAndTypeChecks, owner.IsReplaying);
    private State state = State.Requested;
    private bool told;
    private long scheduledEventId;
    private long startedEventId;

    private enum State
    {
        Requested,
        Scheduled,
        CancelRequested,
        Done,
    }

    private string Wish => $"activity {activityType} with id {activityId}";

    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.ActivityTaskScheduled when state == State.Requested:
                OnScheduled(e, e.ActivityTaskScheduledEventAttributes);
                break;
            case EventType.ActivityTaskCancelRequested when state == State.CancelRequested:
                break;
            case EventType.ActivityTaskStarted when state != State.Requested:
                startedEventId = e.EventId;
                break;
            case EventType.ActivityTaskCompleted when state != State.Requested:
                Tell(new ActivityResolution.Completed(e.ActivityTaskCompletedEventAttributes.Result?.Payloads_.FirstOrDefault()));
                break;
            case EventType.ActivityTaskFailed when state != State.Requested:
                var failed = e.ActivityTaskFailedEventAttributes;
                Tell(Wrap("Activity task failed", failed.Failure, failed.RetryState, failed.Identity, failed.StartedEventId));
                break;
            case EventType.ActivityTaskTimedOut when state != State.Requested:
                var timedOut = e.ActivityTaskTimedOutEventAttributes;
                Tell(Wrap("Activity task timed out", timedOut.Failure, timedOut.RetryState, string.Empty, timedOut.StartedEventId));
                break;
            case EventType.ActivityTaskCanceled when state != State.Requested:
                var canceled = e.ActivityTaskCanceledEventAttributes;
                Tell(Canceled(canceled.Details, canceled.Identity));
                break;
            default:
                throw Mismatch(e, state == State.CancelRequested ? $"the cancellation of {Wish}" : Wish);
        }
    }

    /// <summary>Cancels the activity in the way that its options say.</summary>
    internal void Cancel()
    {
        switch (state)
        {
            case State.Requested:
                CanceledBeforeSent = true;
                Tell(Canceled(null, string.Empty));
                break;
            case State.Scheduled when request.CancellationType == ActivityCancellationType.Abandon:
                Tell(Canceled(null, string.Empty));
                break;
            case State.Scheduled:
                state = State.CancelRequested;
                owner.AddCommand(
                    new()
                    {
                        CommandType = CommandType.RequestCancelActivityTask,
                        RequestCancelActivityTaskCommandAttributes =
                            new RequestCancelActivityTaskCommandAttributes { ScheduledEventId = scheduledEventId },
                    },
                    this);
                if (request.CancellationType == ActivityCancellationType.TryCancel)
                {
                    TellOnly(Canceled(null, string.Empty));
                }
                break;
        }
    }

    private void OnScheduled(HistoryEvent e, ActivityTaskScheduledEventAttributes scheduled)
    {
        if (checkIdAndType && (scheduled.ActivityId != activityId || scheduled.ActivityType.Name != activityType))
        {
            throw Mismatch(e, Wish);
        }
        scheduledEventId = e.EventId;
        state = State.Scheduled;
    }

    private void Tell(ActivityResolution resolution)
    {
        state = State.Done;
        TellOnly(resolution);
    }

    // A cancellation that does not wait tells the workflow at once; what the activity answers later is nobody's business.
    private void TellOnly(ActivityResolution resolution)
    {
        if (!told)
        {
            told = true;
            owner.AddJob(new ActivationJob.ResolveActivity(request.Sequence, resolution, IsLocal: false));
        }
    }

    private ActivityResolution.Failed Canceled(Payloads? details, string identity) => Wrap(
        "Activity cancelled",
        new() { Message = "Activity cancelled", CanceledFailureInfo = new() { Details = details } },
        RetryState.CancelRequested,
        identity,
        startedEventId);

    private ActivityResolution.Failed Wrap(string message, Failure cause, RetryState retryState, string identity, long started) => new(new()
    {
        Message = message,
        Cause = cause,
        ActivityFailureInfo = new()
        {
            ActivityId = activityId,
            ActivityType = new() { Name = activityType },
            Identity = identity,
            RetryState = retryState,
            ScheduledEventId = scheduledEventId,
            StartedEventId = started,
        },
    });
}
