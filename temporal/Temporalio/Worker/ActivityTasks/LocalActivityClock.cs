using Temporalio.Api.Enums.V1;
using Temporalio.Worker.WorkflowTasks;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>How much time a local activity has left, and which of its timeouts says so.</summary>
internal sealed class LocalActivityClock
{
    private readonly LocalActivityRequest request;
    private readonly TimeProvider time;
    private readonly DateTimeOffset scheduled;

    /// <summary>Initializes a new instance of the <see cref="LocalActivityClock"/> class.</summary>
    /// <param name="request">The activity.</param>
    /// <param name="time">Clock.</param>
    internal LocalActivityClock(LocalActivityRequest request, TimeProvider time)
    {
        this.request = request;
        this.time = time;
        scheduled = request.OriginalScheduleTime?.ToDateTimeOffset() ?? time.GetUtcNow();
    }

    /// <summary>The time until the schedule-to-close timeout.</summary>
    /// <returns>Null without one; not below zero.</returns>
    internal TimeSpan? Remaining()
    {
        if (request.ScheduleToCloseTimeout is not { } total)
        {
            return null;
        }
        var remaining = scheduled + total - time.GetUtcNow();
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    /// <summary>How long an attempt may wait for a slot.</summary>
    /// <returns>The limit, null without one, and the timeout that sets it.</returns>
    internal (TimeSpan? Limit, TimeoutType Kind) SlotWait() => Shorter(request.ScheduleToStartTimeout, TimeoutType.ScheduleToStart);

    /// <summary>How long an attempt may take.</summary>
    /// <returns>The limit, null without one, and the timeout that sets it.</returns>
    internal (TimeSpan? Limit, TimeoutType Kind) AttemptLimit() => Shorter(request.StartToCloseTimeout, TimeoutType.StartToClose);

    private (TimeSpan? Limit, TimeoutType Kind) Shorter(TimeSpan? own, TimeoutType kind)
    {
        var remaining = Remaining();
        return own is { } limit && limit > TimeSpan.Zero && (remaining == null || limit <= remaining)
            ? (own, kind)
            : (remaining, TimeoutType.ScheduleToClose);
    }
}
