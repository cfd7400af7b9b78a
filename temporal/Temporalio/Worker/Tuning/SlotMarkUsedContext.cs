namespace Temporalio.Worker.Tuning;

/// <summary>A permit that begins to be used.</summary>
/// <param name="SlotInfo">The task that uses it.</param>
/// <param name="Permit">The permit.</param>
/// <remarks>More properties may be added: use <c>with</c> instead of the constructor.</remarks>
public record SlotMarkUsedContext(SlotInfo SlotInfo, SlotPermit Permit);
