namespace Temporalio.Worker.Tuning;

/// <summary>Counts the slots of a pool that tasks use. A slot that only waits for a poll's answer is not used, as in the official core.</summary>
internal sealed class MeteredSlotPool : ISlotPool
{
    private readonly ISlotPool pool;
    private readonly int? total;
    private readonly Action<int, int?> changed;
    private readonly Lock gate = new();
    private int used;

    /// <summary>Initializes a new instance of the <see cref="MeteredSlotPool"/> class, and tells that nothing is used.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="total">All slots of the pool, null where that is no fixed number.</param>
    /// <param name="changed">Hears of the slots used, and of those available if that is known; one call at a time.</param>
    internal MeteredSlotPool(ISlotPool pool, int? total, Action<int, int?> changed)
    {
        this.pool = pool;
        this.total = total;
        this.changed = changed;
        Add(0);
    }

    /// <inheritdoc />
    public ValueTask<SlotPermit> ReserveAsync(SlotReserveContext context, CancellationToken cancellationToken) =>
        pool.ReserveAsync(context, cancellationToken);

    /// <inheritdoc />
    public SlotPermit? TryReserve(SlotReserveContext context) => pool.TryReserve(context);

    /// <inheritdoc />
    public void MarkUsed(SlotMarkUsedContext context)
    {
        pool.MarkUsed(context);
        Add(1);
    }

    /// <inheritdoc />
    public void Release(SlotReleaseContext context)
    {
        // Without a task it was never marked. Told before another can take the slot: never more used than there are.
        if (context.SlotInfo != null)
        {
            Add(-1);
        }
        pool.Release(context);
    }

    private void Add(int slots)
    {
        // In the lock, so that the number told last is the one that there is.
        lock (gate)
        {
            used += slots;
            changed(used, total - used);
        }
    }
}
