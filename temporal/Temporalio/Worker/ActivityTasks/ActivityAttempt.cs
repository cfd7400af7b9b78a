using Microsoft.Extensions.Logging;
using Temporalio.Activities;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>
/// The state of one running attempt: whether and why it is cancelled. The first cancellation counts, later ones are ignored.
/// </summary>
internal sealed class ActivityAttempt : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly Lock gate = new();
    private bool done;

    /// <summary>Initializes a new instance of the <see cref="ActivityAttempt"/> class.</summary>
    /// <param name="invocation">What is run.</param>
    /// <param name="newContext">Makes the context around the attempt's cancellation token.</param>
    internal ActivityAttempt(ActivityInvocation invocation, Func<CancellationToken, ActivityExecutionContext> newContext)
    {
        Invocation = invocation;
        Context = newContext(cancellation.Token);
    }

    /// <summary>Gets what is run.</summary>
    internal ActivityInvocation Invocation { get; }

    /// <summary>Gets the context that the activity sees.</summary>
    internal ActivityExecutionContext Context { get; }

    /// <summary>Gets the reason of the cancellation.</summary>
    internal ActivityCancelReason CancelReason => Context.CancelReason;

    /// <summary>Gets a value indicating whether the cancellation came from outside of the attempt, so that obeying it is no
    /// failure.</summary>
    internal bool CancelledFromOutside =>
        CancelReason is not (ActivityCancelReason.None or ActivityCancelReason.HeartbeatRecordFailure);

    /// <summary>Gets a value indicating whether the server has said that it does not know this attempt any more.</summary>
    internal bool IsGone => Context.CancellationDetails?.IsGoneFromServer == true;

    /// <summary>Gets the failure of a heartbeat, if that cancelled the attempt.</summary>
    internal Exception? HeartbeatFailure { get; private set; }

    /// <inheritdoc />
    public void Dispose() => cancellation.Dispose();

    /// <summary>Cancels the attempt, unless it is cancelled or over already.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="details">What is known.</param>
    internal void Cancel(ActivityCancelReason reason, ActivityCancellationDetails details)
    {
        lock (gate)
        {
            if (done || Context.CancelRef.CancellationDetails != null)
            {
                return;
            }
            Context.CancelRef.CancelReason = reason;
            Context.CancelRef.CancellationDetails = details;
        }
        Context.Logger.LogDebug("Cancelling activity {ActivityType}, reason {Reason}", Context.Info.ActivityType, reason);
        // Callbacks on the token are the activity's code: they must not hold up whoever brings the news.
        _ = CancelTokenAsync();
    }

    /// <summary>Cancels the attempt because a heartbeat could not be recorded, which is then its failure.</summary>
    /// <param name="failure">Why.</param>
    internal void FailHeartbeat(Exception failure)
    {
        HeartbeatFailure = failure;
        Cancel(ActivityCancelReason.HeartbeatRecordFailure, new() { IsHeartbeatRecordFailure = true });
    }

    /// <summary>Notes that the activity's code has ended. Its token is cancelled for whatever it may have left running.</summary>
    internal void MarkDone()
    {
        lock (gate)
        {
            done = true;
        }
        _ = CancelTokenAsync();
    }

    private async Task CancelTokenAsync()
    {
        try
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            Context.Logger.LogWarning(e, "A cancellation callback of activity {ActivityType} failed", Context.Info.ActivityType);
        }
        catch (ObjectDisposedException)
        {
            Context.Logger.LogTrace("Activity {ActivityType} was over before its token was cancelled", Context.Info.ActivityType);
        }
    }
}
