using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.WorkflowTasks;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// A local activity. When it first runs, its end is recorded in a marker; on replay the marker, seen ahead of time,
/// takes the place of running it.
/// </summary>
/// <param name="owner">Run.</param>
/// <param name="request">What the workflow asked for.</param>
/// <param name="workflowTime">The workflow's time when it asked, UTC.</param>
internal sealed class LocalActivityMachine(WorkflowMachines owner, LocalActivityRequest request, DateTime workflowTime)
    : CommandMachine
{
    private readonly bool checkIdAndType = owner.Flags.TryUse(SdkFlags.IdAndTypeChecks, owner.IsReplaying);
    private State state = owner.IsReplaying ? State.AwaitingMarker : State.Running;

    private enum State
    {
        /// <summary>Runs, or waits for a place to run.</summary>
        Running,

        /// <summary>The workflow knows the end; the marker is to be sent.</summary>
        MarkerRequested,

        /// <summary>On replay: the marker has not been seen ahead yet.</summary>
        AwaitingMarker,

        /// <summary>On replay: the workflow knows the end; the marker's event is still to come.</summary>
        AwaitingMarkerEvent,

        /// <summary>The marker is in history.</summary>
        Recorded,
    }

    /// <summary>Gets what the workflow asked for.</summary>
    internal LocalActivityRequest Request { get; } = request;

    /// <summary>Gets a value indicating whether a marker seen ahead would resolve the activity.</summary>
    internal bool AcceptsMarker => state == State.AwaitingMarker;

    /// <summary>Gets a value indicating whether the marker's event is not to be matched with a command, since none was made.</summary>
    internal bool ExpectsMarkerWithoutCommand => state == State.AwaitingMarkerEvent;

    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        if (!Markers.IsLocalActivity(e) || state is not (State.MarkerRequested or State.AwaitingMarkerEvent))
        {
            throw Mismatch(e, Wish());
        }
        var data = Markers.ReadLocalActivity(e).Data;
        if (data.Seq != Request.Sequence ||
            (checkIdAndType && (data.ActivityId != Request.ActivityId || data.ActivityType != Request.ActivityType)))
        {
            throw Mismatch(e, Wish());
        }
        state = State.Recorded;
    }

    /// <summary>A workflow task that is no replay began: if there is no marker by now, there will be none.</summary>
    internal void OnNewTask()
    {
        if (state == State.AwaitingMarker)
        {
            state = State.Running;
            owner.LocalActivities.Enqueue(Request);
        }
    }

    /// <summary>Takes the end of the activity from its marker.</summary>
    /// <param name="marker">Marker seen ahead.</param>
    internal void ResolveFromMarker(Markers.LocalActivityMarker marker)
    {
        if (state != State.AwaitingMarker)
        {
            throw new InvalidOperationException($"Marker seen for {Wish()} in state {state}");
        }
        state = State.AwaitingMarkerEvent;
        owner.AdvanceTime(marker.Data.CompleteTime?.ToTimestamp().ToDateTime());
        Tell(new()
        {
            Attempt = marker.Data.Attempt,
            Backoff = marker.Data.Backoff?.ToTimeSpan(),
            Result = marker.Result,
            Failure = marker.Failure,
            Runtime = TimeSpan.Zero,
        }, marker.Data.OriginalScheduleTime?.ToTimestamp());
    }

    /// <summary>Takes the end of the activity from the worker that ran it.</summary>
    /// <param name="outcome">How it ended.</param>
    internal void Resolve(LocalActivityOutcome outcome)
    {
        if (state == State.Running)
        {
            Record(outcome with { Failure = Unwrap(outcome.Failure) }, workflowTime + outcome.Runtime);
        }
    }

    /// <summary>Cancels the activity in the way that its options say.</summary>
    internal void Cancel()
    {
        switch (state)
        {
            case State.Running when owner.LocalActivities.Withdraw(Request.Sequence):
                Record(CanceledOutcome(), workflowTime);
                break;
            case State.Running:
                if (Request.CancellationType != ActivityCancellationType.Abandon)
                {
                    owner.LocalActivities.RequestCancel(Request.Sequence);
                }
                if (Request.CancellationType != ActivityCancellationType.WaitCancellationCompleted)
                {
                    owner.LocalActivities.Forget(Request.Sequence);
                    Record(CanceledOutcome(), null);
                }
                break;
        }
    }

    private void Record(LocalActivityOutcome outcome, DateTime? completeTime)
    {
        state = State.MarkerRequested;
        owner.AdvanceTime(completeTime);
        Tell(outcome, Request.OriginalScheduleTime);
        var marker = new RecordMarkerCommandAttributes { MarkerName = Markers.LocalActivityName, Failure = outcome.Failure };
        marker.Details.Add(Markers.LocalActivityDetails(
            new(
                Request.Sequence,
                outcome.Attempt,
                Request.ActivityId,
                Request.ActivityType,
                completeTime is { } time ? Markers.SecondsAndNanos.From(Timestamp.FromDateTime(time)) : null,
                Markers.SecondsAndNanos.From(outcome.Backoff),
                Markers.SecondsAndNanos.From(Request.OriginalScheduleTime)),
            outcome.Failure == null ? outcome.Result : null));
        owner.AddCommand(
            new()
            {
                CommandType = CommandType.RecordMarker,
                RecordMarkerCommandAttributes = marker,
                UserMetadata = Request.Summary == null ? null : new() { Summary = Request.Summary },
            },
            this);
    }

    private void Tell(LocalActivityOutcome outcome, Timestamp? originalScheduleTime)
    {
        ActivityResolution resolution = outcome switch
        {
            { Backoff: { } backoff } => new ActivityResolution.Backoff(outcome.Attempt + 1, backoff, originalScheduleTime),
            { Failure: { } failure } => new ActivityResolution.Failed(Wrap(failure)),
            _ => new ActivityResolution.Completed(outcome.Result),
        };
        owner.AddJob(new ActivationJob.ResolveActivity(Request.Sequence, resolution, IsLocal: true));
    }

    private LocalActivityOutcome CanceledOutcome() => new()
    {
        Attempt = Request.Attempt,
        Runtime = TimeSpan.Zero,
        Failure = new() { Message = "Activity cancelled", CanceledFailureInfo = new() },
    };

    // The marker holds what the activity reported; the workflow sees it as the cause of an activity failure.
    private static Failure? Unwrap(Failure? failure) =>
        failure is { FailureInfoCase: Failure.FailureInfoOneofCase.ActivityFailureInfo, Cause: { } cause } ? cause : failure;

    private Failure Wrap(Failure failure) => failure.FailureInfoCase == Failure.FailureInfoOneofCase.ActivityFailureInfo
        ? failure
        : new()
        {
            Message = failure.FailureInfoCase switch
            {
                Failure.FailureInfoOneofCase.CanceledFailureInfo => "Local Activity cancelled",
                Failure.FailureInfoOneofCase.TimeoutFailureInfo => "Local Activity timed out",
                _ => "Local Activity failed",
            },
            Cause = failure,
            ActivityFailureInfo = new()
            {
                ActivityId = Request.ActivityId,
                ActivityType = new() { Name = Request.ActivityType },
                RetryState = failure.FailureInfoCase == Failure.FailureInfoOneofCase.CanceledFailureInfo
                    ? RetryState.CancelRequested
                    : RetryState.Unspecified,
            },
        };

    private string Wish() => $"local activity {Request.ActivityType} with id {Request.ActivityId}";
}
