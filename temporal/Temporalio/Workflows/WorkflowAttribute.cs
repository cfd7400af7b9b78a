using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>
/// Marks a class, or an interface that only callers use, as a workflow.
/// </summary>
/// <remarks>The attribute is not inherited: a class that implements a workflow interface carries its own.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, Inherited = false)]
public sealed class WorkflowAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowAttribute"/> class, named after the type.</summary>
    public WorkflowAttribute()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="WorkflowAttribute"/> class with a name of its own.</summary>
    /// <param name="name">Workflow type name as it appears in histories.</param>
    public WorkflowAttribute(string name) => Name = name;

    /// <summary>
    /// Gets the workflow type name. Null: the name of the type, for interfaces without the leading <c>I</c>.
    /// </summary>
    public string? Name { get; }

    /// <summary>
    /// Gets or sets a value indicating whether this workflow serves every type name that has no workflow of its own.
    /// Its run method takes one array of <see cref="Converters.IRawValue"/>.
    /// </summary>
    public bool Dynamic { get; set; }

    /// <summary>
    /// Gets or sets exception types that fail the workflow (or the update) when thrown, where by default they fail the
    /// workflow task, which the server then retries until the code is mended. Subtypes count. A
    /// nondeterminism exception counts too.
    /// </summary>
    public Type[]? FailureExceptionTypes { get; set; }

    /// <summary>Gets or sets how this workflow moves between worker deployment versions.</summary>
    public VersioningBehavior VersioningBehavior { get; set; } = VersioningBehavior.Unspecified;
}
