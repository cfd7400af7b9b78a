using Temporalio.Activities;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>
/// Cancels an attempt whose time is up, for activities that do not heartbeat and so cannot hear it from the server. Both the
/// start-to-close and the heartbeat timeout get a grace, so that the server always notices first.
/// </summary>
internal sealed class AttemptDeadlines : IDisposable
{
    private readonly ActivityAttempt attempt;
    private readonly TimeSpan heartbeatTimeout;
    private readonly ITimer? startToClose;
    private readonly ITimer? heartbeat;

    /// <summary>Initializes a new instance of the <see cref="AttemptDeadlines"/> class and starts its timers.</summary>
    /// <param name="attempt">What to cancel.</param>
    /// <param name="grace">How much later than the server.</param>
    /// <param name="time">Clock.</param>
    internal AttemptDeadlines(ActivityAttempt attempt, TimeSpan grace, TimeProvider time)
    {
        this.attempt = attempt;
        var info = attempt.Context.Info;
        startToClose = Start(info.StartToCloseTimeout, grace, time);
        heartbeat = Start(info.HeartbeatTimeout, grace, time);
        heartbeatTimeout = (info.HeartbeatTimeout ?? TimeSpan.Zero) + grace;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        startToClose?.Dispose();
        heartbeat?.Dispose();
    }

    /// <summary>Notes that the server has taken a heartbeat.</summary>
    internal void HeartbeatAcknowledged() => heartbeat?.Change(heartbeatTimeout, Timeout.InfiniteTimeSpan);

    // Timers take no more than about 49 days, and nobody keeps a worker process that long without a deployment.
    private ITimer? Start(TimeSpan? timeout, TimeSpan grace, TimeProvider time) =>
        timeout is { } value && value > TimeSpan.Zero && value + grace < TimeSpan.FromDays(49)
            ? time.CreateTimer(_ => Expire(), null, value + grace, Timeout.InfiniteTimeSpan)
            : null;

    private void Expire() => attempt.Cancel(ActivityCancelReason.Timeout, new() { IsTimedOut = true });
}
