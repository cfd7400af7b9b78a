using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>A Nexus operation.</summary>
/// <param name="owner">Run.</param>
/// <param name="request">What the workflow asked for.</param>
internal sealed class NexusOperationMachine(WorkflowMachines owner, WorkflowRequest.ScheduleNexusOperation request) : CommandMachine
{
    private State state = State.Requested;
    private bool toldStart;
    private bool toldEnd;
    private bool cancelRequested;
    private long scheduledEventId;
    private string token = string.Empty;

    private enum State
    {
        Requested,
        Scheduled,
        Started,
        Done,
    }

    private ScheduleNexusOperationCommandAttributes Wanted => request.Attributes;

    private string Wish => $"Nexus operation {Wanted.Operation} of service {Wanted.Service} on {Wanted.Endpoint}";

    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.NexusOperationScheduled when state == State.Requested:
                OnScheduled(e, e.NexusOperationScheduledEventAttributes);
                break;
            case EventType.NexusOperationStarted when state == State.Scheduled:
                state = State.Started;
                token = e.NexusOperationStartedEventAttributes.OperationToken;
                TellStart(token, null);
                break;
            case EventType.NexusOperationCancelRequested when cancelRequested:
                break;
            case EventType.NexusOperationCancelRequestCompleted or EventType.NexusOperationCancelRequestFailed when cancelRequested:
                if (request.CancellationType == NexusOperationCancellationType.WaitCancellationRequested)
                {
                    TellCancelAnswered(e.NexusOperationCancelRequestFailedEventAttributes);
                }
                break;
            case var _ when state is State.Scheduled or State.Started && EndOf(e) is { } end:
                state = State.Done;
                TellEnd(end);
                break;
            default:
                throw Mismatch(e, Wish);
        }
    }

    /// <summary>Cancels the operation in the way that its options say.</summary>
    internal void Cancel()
    {
        switch (state)
        {
            case State.Requested:
                CanceledBeforeSent = true;
                state = State.Done;
                TellEnd(new ActivityResolution.Failed(Wrap(
                    "Nexus Operation cancelled before it was started", new() { CanceledFailureInfo = new() })));
                break;
            case State.Scheduled or State.Started when !cancelRequested:
                RequestCancel();
                break;
        }
    }

    private void RequestCancel()
    {
        if (request.CancellationType != NexusOperationCancellationType.Abandon)
        {
            cancelRequested = true;
            owner.AddCommand(
                new()
                {
                    CommandType = CommandType.RequestCancelNexusOperation,
                    RequestCancelNexusOperationCommandAttributes = new() { ScheduledEventId = scheduledEventId },
                },
                this);
        }
        if (request.CancellationType is NexusOperationCancellationType.Abandon or NexusOperationCancellationType.TryCancel)
        {
            TellCanceled();
        }
    }

    private void OnScheduled(HistoryEvent e, NexusOperationScheduledEventAttributes scheduled)
    {
        if (scheduled.Endpoint != Wanted.Endpoint || scheduled.Service != Wanted.Service || scheduled.Operation != Wanted.Operation)
        {
            throw Mismatch(e, Wish);
        }
        scheduledEventId = e.EventId;
        state = State.Scheduled;
    }

    private static ActivityResolution? EndOf(HistoryEvent e) => e.EventType switch
    {
        EventType.NexusOperationCompleted => new ActivityResolution.Completed(e.NexusOperationCompletedEventAttributes.Result),
        EventType.NexusOperationFailed => new ActivityResolution.Failed(e.NexusOperationFailedEventAttributes.Failure),
        EventType.NexusOperationTimedOut => new ActivityResolution.Failed(e.NexusOperationTimedOutEventAttributes.Failure),
        EventType.NexusOperationCanceled => new ActivityResolution.Failed(e.NexusOperationCanceledEventAttributes.Failure),
        _ => null,
    };

    private void TellCancelAnswered(NexusOperationCancelRequestFailedEventAttributes? refused)
    {
        if (refused == null)
        {
            TellCanceled();
            return;
        }
        const string message = "Nexus operation cancellation request failed";
        TellEnd(new ActivityResolution.Failed(Wrap(message, refused.Failure ?? new() { Message = message })));
    }

    private void TellCanceled() => TellEnd(new ActivityResolution.Failed(Wrap(
        "Nexus operation cancelled", new() { Message = "operation canceled", CanceledFailureInfo = new() })));

    private Failure Wrap(string message, Failure cause) => new()
    {
        Message = message,
        Cause = cause,
        NexusOperationExecutionFailureInfo = new()
        {
            ScheduledEventId = scheduledEventId,
            Endpoint = Wanted.Endpoint,
            Service = Wanted.Service,
            Operation = Wanted.Operation,
            OperationToken = token,
        },
    };

    private void TellStart(string? operationToken, Failure? failure)
    {
        if (!toldStart)
        {
            toldStart = true;
            toldEnd |= failure != null;
            owner.AddJob(new ActivationJob.ResolveNexusStart(request.Sequence, operationToken, failure));
        }
    }

    // An operation that ends before it has "started" was done when its handler answered, or never came so far.
    private void TellEnd(ActivityResolution end)
    {
        TellStart(null, (end as ActivityResolution.Failed)?.Failure);
        if (!toldEnd)
        {
            toldEnd = true;
            owner.AddJob(new ActivationJob.ResolveNexus(request.Sequence, end));
        }
    }
}
