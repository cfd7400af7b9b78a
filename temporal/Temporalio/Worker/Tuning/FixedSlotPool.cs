using System.Diagnostics.CodeAnalysis;

namespace Temporalio.Worker.Tuning;

/// <summary>Slots counted by a semaphore. Its permits carry nothing, so one object stands for all of them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds a resource only once its wait handle is asked for, which never happens here")]
internal sealed class FixedSlotPool : ISlotPool
{
    private static readonly SlotPermit Permit = new();

    private readonly SemaphoreSlim free;

    internal FixedSlotPool(int slots) => free = new(slots, slots);

    /// <inheritdoc />
    public ValueTask<SlotPermit> ReserveAsync(SlotReserveContext context, CancellationToken cancellationToken)
    {
        var wait = free.WaitAsync(cancellationToken);
        return wait.IsCompletedSuccessfully ? new(Permit) : new(AfterAsync(wait));

        static async Task<SlotPermit> AfterAsync(Task wait)
        {
            await wait.ConfigureAwait(false);
            return Permit;
        }
    }

    /// <inheritdoc />
    public SlotPermit? TryReserve(SlotReserveContext context) => free.Wait(0) ? Permit : null;

    /// <inheritdoc />
    public void MarkUsed(SlotMarkUsedContext context)
    {
    }

    /// <inheritdoc />
    public void Release(SlotReleaseContext context) => free.Release();
}
