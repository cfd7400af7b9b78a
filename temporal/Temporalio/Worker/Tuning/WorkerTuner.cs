namespace Temporalio.Worker.Tuning;

/// <summary>The slot suppliers of a worker, one for each kind of work.</summary>
public class WorkerTuner
{
    private const int DefaultNexusTaskSlots = 100;

    /// <summary>Initializes a new instance of the <see cref="WorkerTuner"/> class.</summary>
    /// <param name="workflowTaskSlotSupplier">Supplier for workflow tasks.</param>
    /// <param name="activityTaskSlotSupplier">Supplier for activity tasks.</param>
    /// <param name="localActivitySlotSupplier">Supplier for local activities.</param>
    public WorkerTuner(
        SlotSupplier workflowTaskSlotSupplier,
        SlotSupplier activityTaskSlotSupplier,
        SlotSupplier localActivitySlotSupplier)
        : this(
            workflowTaskSlotSupplier,
            activityTaskSlotSupplier,
            localActivitySlotSupplier,
            new FixedSizeSlotSupplier(DefaultNexusTaskSlots))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="WorkerTuner"/> class.</summary>
    /// <param name="workflowTaskSlotSupplier">Supplier for workflow tasks.</param>
    /// <param name="activityTaskSlotSupplier">Supplier for activity tasks.</param>
    /// <param name="localActivitySlotSupplier">Supplier for local activities.</param>
    /// <param name="nexusTaskSlotSupplier">Supplier for Nexus tasks.</param>
    public WorkerTuner(
        SlotSupplier workflowTaskSlotSupplier,
        SlotSupplier activityTaskSlotSupplier,
        SlotSupplier localActivitySlotSupplier,
        SlotSupplier nexusTaskSlotSupplier)
    {
        RequireOneTarget(workflowTaskSlotSupplier, activityTaskSlotSupplier, localActivitySlotSupplier, nexusTaskSlotSupplier);
        WorkflowTaskSlotSupplier = workflowTaskSlotSupplier;
        ActivityTaskSlotSupplier = activityTaskSlotSupplier;
        LocalActivitySlotSupplier = localActivitySlotSupplier;
        NexusTaskSlotSupplier = nexusTaskSlotSupplier;
    }

    /// <summary>Gets the supplier for workflow tasks.</summary>
    public SlotSupplier WorkflowTaskSlotSupplier { get; init; }

    /// <summary>Gets the supplier for activity tasks.</summary>
    public SlotSupplier ActivityTaskSlotSupplier { get; init; }

    /// <summary>Gets the supplier for local activities.</summary>
    public SlotSupplier LocalActivitySlotSupplier { get; init; }

    /// <summary>Gets the supplier for Nexus tasks.</summary>
    public SlotSupplier NexusTaskSlotSupplier { get; init; }

    /// <summary>Creates a tuner that gives slots while the machine is below its targets.</summary>
    /// <param name="targetMemoryUsage">Share of memory, 0 to 1. Not above 0.8 is advised.</param>
    /// <param name="targetCpuUsage">Share of processors, 0 to 1.</param>
    /// <param name="workflowOptions">Bounds for workflow tasks.</param>
    /// <param name="activityOptions">Bounds for activity tasks.</param>
    /// <param name="localActivityOptions">Bounds for local activities.</param>
    /// <returns>The tuner.</returns>
    public static WorkerTuner CreateResourceBased(
        double targetMemoryUsage,
        double targetCpuUsage,
        ResourceBasedSlotSupplierOptions? workflowOptions = null,
        ResourceBasedSlotSupplierOptions? activityOptions = null,
        ResourceBasedSlotSupplierOptions? localActivityOptions = null)
    {
        var targets = new ResourceBasedTunerOptions(targetMemoryUsage, targetCpuUsage);
        return new(
            new ResourceBasedSlotSupplier(workflowOptions ?? new(), targets),
            new ResourceBasedSlotSupplier(activityOptions ?? new(), targets),
            new ResourceBasedSlotSupplier(localActivityOptions ?? new(), targets));
    }

    /// <summary>Creates a tuner with fixed numbers of slots.</summary>
    /// <param name="workflowTaskSlots">Slots for workflow tasks.</param>
    /// <param name="activityTaskSlots">Slots for activity tasks.</param>
    /// <param name="localActivitySlots">Slots for local activities.</param>
    /// <returns>The tuner.</returns>
    public static WorkerTuner CreateFixedSize(int workflowTaskSlots, int activityTaskSlots, int localActivitySlots) =>
        CreateFixedSize(workflowTaskSlots, activityTaskSlots, localActivitySlots, DefaultNexusTaskSlots);

    /// <summary>A tuner with fixed numbers, Nexus tasks included.</summary>
    /// <param name="workflowTaskSlots">Most workflow tasks at once.</param>
    /// <param name="activityTaskSlots">Most activities at once.</param>
    /// <param name="localActivitySlots">Most local activities at once.</param>
    /// <param name="nexusTaskSlots">Most Nexus calls at once.</param>
    /// <returns>The tuner.</returns>
    public static WorkerTuner CreateFixedSize(int workflowTaskSlots, int activityTaskSlots, int localActivitySlots, int nexusTaskSlots) => new(
        new FixedSizeSlotSupplier(workflowTaskSlots),
        new FixedSizeSlotSupplier(activityTaskSlots),
        new FixedSizeSlotSupplier(localActivitySlots),
        new FixedSizeSlotSupplier(nexusTaskSlots));

    // One process has one load: two targets for it would work against each other.
    private static void RequireOneTarget(params SlotSupplier[] suppliers)
    {
        if (suppliers.OfType<ResourceBasedSlotSupplier>().Select(s => s.TunerOptions).Distinct().Count() > 1)
        {
            throw new ArgumentException("All resource-based slot suppliers must use the same ResourceBasedTunerOptions");
        }
    }
}
