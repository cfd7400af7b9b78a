using Temporalio.Worker.Tuning;

namespace Temporalio.Worker.Polling;

/// <summary>Numbers of a <see cref="PollerPool" />.</summary>
/// <param name="What">What is polled for, in words for the log.</param>
/// <param name="Behavior">How many polls at once.</param>
/// <param name="Slots">Slots that a poll needs before it starts.</param>
/// <param name="ReserveContext">Who asks for slots.</param>
/// <param name="RateLimiter">Most polls per second, null for no limit.</param>
internal sealed record PollerPoolOptions(
    string What,
    PollerBehavior Behavior,
    ISlotPool Slots,
    SlotReserveContext ReserveContext,
    RateLimiter? RateLimiter)
{
    /// <summary>Gets what hears of the number of polls, null for nobody.</summary>
    internal Action<int>? PollersChanged { get; init; }
}
