using Microsoft.Extensions.Logging;

namespace Temporalio.Worker.Tuning;

/// <summary>A supplier that never hands out more than a fixed number of slots.</summary>
public sealed class FixedSizeSlotSupplier : SlotSupplier
{
    /// <summary>Initializes a new instance of the <see cref="FixedSizeSlotSupplier"/> class.</summary>
    /// <param name="numSlots">Number of slots, at least one.</param>
    public FixedSizeSlotSupplier(int numSlots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numSlots, 1);
        NumSlots = numSlots;
    }

    /// <summary>Gets the number of slots.</summary>
    public int NumSlots { get; }

    /// <inheritdoc />
    internal override ISlotPool NewPool(SlotType slotType, ILogger logger) => new FixedSlotPool(NumSlots);
}
