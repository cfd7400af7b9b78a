using NexusRpc.Handlers;
using Temporalio.Worker.Tuning;

namespace Temporalio.Worker;

/// <content>
/// Nexus.
/// </content>
public partial class TemporalWorkerOptions
{
    private IList<ServiceHandlerInstance> nexusServices = new List<ServiceHandlerInstance>();

    /// <summary>Gets the Nexus services.</summary>
    public IList<ServiceHandlerInstance> NexusServices => nexusServices;

    /// <summary>Gets or sets the most Nexus calls answered at once; default 100. Exclusive with <see cref="Tuner" />.</summary>
    public int? MaxConcurrentNexusTasks { get; set; }

    /// <summary>Gets or sets the most polls for Nexus calls at once. Ignored if <see cref="NexusTaskPollerBehavior" /> is set.</summary>
    public int MaxConcurrentNexusTaskPolls { get; set; } = 5;

    /// <summary>Gets or sets how many polls for Nexus calls there are.</summary>
    public PollerBehavior? NexusTaskPollerBehavior { get; set; }

    /// <summary>Adds a Nexus service.</summary>
    /// <param name="serviceHandler">Object of a class with <see cref="NexusServiceHandlerAttribute" />.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The class does not fit its service.</exception>
    public TemporalWorkerOptions AddNexusService(object serviceHandler) =>
        AddNexusService(ServiceHandlerInstance.FromInstance(serviceHandler));

    /// <summary>Adds a Nexus service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddNexusService(ServiceHandlerInstance service)
    {
        NexusServices.Add(service);
        return this;
    }
}
