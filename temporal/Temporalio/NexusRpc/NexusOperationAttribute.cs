namespace NexusRpc;

/// <summary>Marks a method of a service interface as an operation.</summary>
/// <param name="name">Operation name; null means the method's name.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class NexusOperationAttribute(string? name) : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="NexusOperationAttribute"/> class that takes the method's name.</summary>
    public NexusOperationAttribute()
        : this(null)
    {
    }

    /// <summary>Gets the name, null if the method's name is used.</summary>
    public string? Name { get; } = name;
}
