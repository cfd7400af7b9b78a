namespace Temporalio.Worker.Tuning;

/// <summary>Bounds of a resource-based slot supplier for one kind of work.</summary>
/// <param name="MinimumSlots">Slots given whatever the load. Default 5 for workflows, 1 for activities.</param>
/// <param name="MaximumSlots">Slots never exceeded. Default 500.</param>
/// <param name="RampThrottle">Least time between two new slots beyond the minimum, so that the effect of one is seen before
/// the next is given. Default 0 for workflows, 50 ms for activities.</param>
public sealed record ResourceBasedSlotSupplierOptions(
    int? MinimumSlots = null,
    int? MaximumSlots = null,
    TimeSpan? RampThrottle = null);
