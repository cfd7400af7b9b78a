namespace Temporalio.Workflows;

/// <summary>
/// Marks a method that serves an update. It is public, not static, and returns a task.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowUpdateAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowUpdateAttribute"/> class, named after the member.</summary>
    public WorkflowUpdateAttribute()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="WorkflowUpdateAttribute"/> class with a name of its own.</summary>
    /// <param name="name">Name that callers use.</param>
    public WorkflowUpdateAttribute(string name) => Name = name;

    /// <summary>Gets the name. Null: the member's name, less a trailing <c>Async</c>.</summary>
    public string? Name { get; }

    /// <summary>Gets or sets a short description, shown by tools that list a workflow's handlers.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the handler serves every name that has no handler of its own. Its
    /// parameters are the name and an array of <see cref="Converters.IRawValue"/>.
    /// </summary>
    public bool Dynamic { get; set; }

    /// <summary>Gets or sets what happens when the workflow ends while this handler runs.</summary>
    public HandlerUnfinishedPolicy UnfinishedPolicy { get; set; } = HandlerUnfinishedPolicy.WarnAndAbandon;
}
