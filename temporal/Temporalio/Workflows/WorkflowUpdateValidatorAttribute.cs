namespace Temporalio.Workflows;

/// <summary>
/// Marks a method that may refuse an update, by throwing, before anything of it is written to history. It is public,
/// not static, returns nothing, takes what the update takes, and changes nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowUpdateValidatorAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowUpdateValidatorAttribute"/> class.</summary>
    /// <param name="updateMethod">Name of the update's method, by <c>nameof</c>; not the update's name.</param>
    public WorkflowUpdateValidatorAttribute(string updateMethod) => UpdateMethod = updateMethod;

    /// <summary>Gets the name of the update's method.</summary>
    public string UpdateMethod { get; }
}
