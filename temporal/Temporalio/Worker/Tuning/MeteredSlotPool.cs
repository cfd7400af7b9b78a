namespace Temporalio.Worker.Tuning;

/// <summary>Counts the slots of a pool that tasks use. A slot that only waits for a poll's answer is not used, as in the official core.</summary>
/// <param name="pool">The pool.</param>
/// <param name="total">All slots of the pool, null where that is no fixed number.</param>
/// <param name="changed">Hears of the slots used, and of those available if that is known.</param>
internal sealed class MeteredSlotPool(ISlotPool pool, int? total, Action<int, int?> changed) : ISlotPool
{
    private int used;

    /// <inheritdoc />
    public ValueTask<SlotPermit> ReserveAsync(SlotReserveContext context, CancellationToken cancellationToken)
    {
        Tell(Volatile.Read(ref used));
        return pool.ReserveAsync(context, cancellationToken);
    }

    /// <inheritdoc />
    public SlotPermit? TryReserve(SlotReserveContext context) => pool.TryReserve(context);

    /// <inheritdoc />
    public void MarkUsed(SlotMarkUsedContext context)
    {
        pool.MarkUsed(context);
        Tell(Interlocked.Increment(ref used));
    }

    /// <inheritdoc />
    public void Release(SlotReleaseContext context)
    {
        pool.Release(context);
        // Without a task it was never marked.
        if (context.SlotInfo != null)
        {
            Tell(Interlocked.Decrement(ref used));
        }
    }

    private void Tell(int now) => changed(now, total - now);
}
