using Microsoft.Extensions.Logging;

namespace Temporalio.Worker.Tuning;

/// <summary>
/// Decides how many tasks of one kind a worker may hold at a time. Use <see cref="FixedSizeSlotSupplier" /> or
/// <see cref="ResourceBasedSlotSupplier" />, or derive from <see cref="CustomSlotSupplier" />.
/// </summary>
public abstract class SlotSupplier
{
    internal SlotSupplier()
    {
    }

    /// <summary>Makes the pool that serves one worker.</summary>
    /// <param name="slotType">Kind of work.</param>
    /// <param name="logger">For failures of user code.</param>
    /// <returns>The pool.</returns>
    internal abstract ISlotPool NewPool(SlotType slotType, ILogger logger);
}
