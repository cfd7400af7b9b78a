namespace Temporalio.Worker.Tuning;

/// <summary>The slots of one kind of one worker. Safe for concurrent use; every permit is released exactly once.</summary>
internal interface ISlotPool
{
    /// <summary>Waits for a free slot.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The permit.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    ValueTask<SlotPermit> ReserveAsync(SlotReserveContext context, CancellationToken cancellationToken);

    /// <summary>Takes a slot if one is free right now.</summary>
    /// <param name="context">Who asks.</param>
    /// <returns>The permit, or null.</returns>
    SlotPermit? TryReserve(SlotReserveContext context);

    /// <summary>Notes which task uses a permit.</summary>
    /// <param name="context">Task and permit.</param>
    void MarkUsed(SlotMarkUsedContext context);

    /// <summary>Gives a permit back.</summary>
    /// <param name="context">Task, if there was one, and permit.</param>
    void Release(SlotReleaseContext context);
}
