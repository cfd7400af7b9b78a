namespace Temporalio.Worker.Tuning;

/// <summary>A permit that is given back.</summary>
/// <param name="SlotInfo">The task that used it, null if none did.</param>
/// <param name="Permit">The permit.</param>
/// <remarks>More properties may be added: use <c>with</c> instead of the constructor.</remarks>
public record SlotReleaseContext(SlotInfo? SlotInfo, SlotPermit Permit);
