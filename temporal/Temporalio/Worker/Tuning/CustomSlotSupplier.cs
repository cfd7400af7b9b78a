using Microsoft.Extensions.Logging;

namespace Temporalio.Worker.Tuning;

/// <summary>
/// Base of suppliers with rules of their own. All members are called concurrently.
/// </summary>
public abstract class CustomSlotSupplier : SlotSupplier
{
    /// <summary>
    /// Called before a poll: waits until a slot is free. Anything thrown but <see cref="OperationCanceledException" /> is
    /// logged, and the call repeated a second later.
    /// </summary>
    /// <param name="ctx">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The permit.</returns>
    public abstract Task<SlotPermit> ReserveSlotAsync(SlotReserveContext ctx, CancellationToken cancellationToken);

    /// <summary>
    /// Called for eager tasks, which come back with a completed workflow task instead of a poll. Must not block. What it
    /// throws is logged and counts as no slot.
    /// </summary>
    /// <param name="ctx">Who asks.</param>
    /// <returns>The permit, or null if no slot is free.</returns>
    public abstract SlotPermit? TryReserveSlot(SlotReserveContext ctx);

    /// <summary>
    /// Called when a task begins to use a permit, which may be long after it was reserved: idle pollers hold unused ones.
    /// Must not block. What it throws is logged.
    /// </summary>
    /// <param name="ctx">Task and permit.</param>
    public abstract void MarkSlotUsed(SlotMarkUsedContext ctx);

    /// <summary>
    /// Called when a permit comes back, used or not. Must not block. What it throws is logged.
    /// </summary>
    /// <param name="ctx">Task, if there was one, and permit.</param>
    public abstract void ReleaseSlot(SlotReleaseContext ctx);

    /// <inheritdoc />
    internal override ISlotPool NewPool(SlotType slotType, ILogger logger) => new CustomSlotPool(this, logger);
}
