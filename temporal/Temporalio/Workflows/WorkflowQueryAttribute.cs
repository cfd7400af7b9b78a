namespace Temporalio.Workflows;

/// <summary>
/// Marks a method or a property that answers a query. It is public, not static, returns a value that is no task, and changes nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class WorkflowQueryAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowQueryAttribute"/> class, named after the member.</summary>
    public WorkflowQueryAttribute()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="WorkflowQueryAttribute"/> class with a name of its own.</summary>
    /// <param name="name">Name that callers use.</param>
    public WorkflowQueryAttribute(string name) => Name = name;

    /// <summary>Gets the name. Null: the member's name, unchanged.</summary>
    public string? Name { get; }

    /// <summary>Gets or sets a short description, shown by tools that list a workflow's handlers.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the handler serves every name that has no handler of its own. Its
    /// parameters are the name and an array of <see cref="Converters.IRawValue"/>.
    /// </summary>
    public bool Dynamic { get; set; }
}
