namespace NexusRpc.Handlers;

/// <summary>Marks a class whose methods give the handlers of a service.</summary>
/// <param name="serviceType">Interface of the service.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NexusServiceHandlerAttribute(Type serviceType) : Attribute
{
    /// <summary>Gets the interface of the service.</summary>
    public Type ServiceType { get; } = serviceType;
}
