using Microsoft.Extensions.Logging;

namespace Temporalio.Worker.Tuning;

/// <summary>A supplier that gives slots while memory and processors are below their targets.</summary>
public sealed class ResourceBasedSlotSupplier : SlotSupplier
{
    /// <summary>Initializes a new instance of the <see cref="ResourceBasedSlotSupplier"/> class.</summary>
    /// <param name="options">Bounds for the kind of work this supplier serves.</param>
    /// <param name="tunerOptions">Targets, the same for all suppliers of a worker.</param>
    public ResourceBasedSlotSupplier(ResourceBasedSlotSupplierOptions options, ResourceBasedTunerOptions tunerOptions)
    {
        Options = options;
        TunerOptions = tunerOptions;
    }

    /// <summary>Gets the bounds for the kind of work this supplier serves.</summary>
    public ResourceBasedSlotSupplierOptions Options { get; }

    /// <summary>Gets the targets.</summary>
    public ResourceBasedTunerOptions TunerOptions { get; }

    /// <inheritdoc />
    internal override ISlotPool NewPool(SlotType slotType, ILogger logger)
    {
        var forWorkflows = slotType == SlotType.Workflow;
        return new ResourceBasedSlotPool(
            Options.MinimumSlots ?? (forWorkflows ? 5 : 1),
            Options.MaximumSlots ?? 500,
            Options.RampThrottle ?? TimeSpan.FromMilliseconds(forWorkflows ? 0 : 50),
            TunerOptions,
            ResourceGauge.OfThisProcess(),
            TimeProvider.System);
    }
}
