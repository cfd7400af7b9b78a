namespace Temporalio.Worker.Tuning;

/// <summary>Slots given while the machine has room: always up to a minimum, never beyond a maximum.</summary>
internal sealed class ResourceBasedSlotPool(
    int minimum,
    int maximum,
    TimeSpan rampThrottle,
    ResourceBasedTunerOptions targets,
    ResourceGauge gauge,
    TimeProvider time) : ISlotPool
{
    // Load changes without telling anybody, so a waiter has to look again.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private static readonly SlotPermit Permit = new();

    private readonly Lock gate = new();
    private int issued;
    private long lastIssued = long.MinValue;

    /// <inheritdoc />
    public async ValueTask<SlotPermit> ReserveAsync(SlotReserveContext context, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryReserve(context) is { } permit)
            {
                return permit;
            }
            await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public SlotPermit? TryReserve(SlotReserveContext context)
    {
        lock (gate)
        {
            if (issued >= minimum && !HasRoomBeyondMinimum())
            {
                return null;
            }
            issued++;
            lastIssued = time.GetTimestamp();
            return Permit;
        }
    }

    /// <inheritdoc />
    public void MarkUsed(SlotMarkUsedContext context)
    {
    }

    /// <inheritdoc />
    public void Release(SlotReleaseContext context)
    {
        lock (gate)
        {
            issued--;
        }
    }

    private bool HasRoomBeyondMinimum() =>
        issued < maximum &&
        (lastIssued == long.MinValue || time.GetElapsedTime(lastIssued) >= rampThrottle) &&
        gauge.Memory() < targets.TargetMemoryUsage &&
        gauge.Cpu() < targets.TargetCpuUsage;
}
