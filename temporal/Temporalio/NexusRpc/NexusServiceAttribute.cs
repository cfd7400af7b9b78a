namespace NexusRpc;

/// <summary>Marks an interface as a Nexus service.</summary>
/// <param name="name">Service name; null means the interface's name without its leading I.</param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class NexusServiceAttribute(string? name) : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="NexusServiceAttribute"/> class that takes the interface's name.</summary>
    public NexusServiceAttribute()
        : this(null)
    {
    }

    /// <summary>Gets the name, null if the interface's name is used.</summary>
    public string? Name { get; } = name;
}
