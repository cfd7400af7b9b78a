namespace Temporalio.Workflows;

/// <summary>
/// Marks the constructor that receives the workflow's arguments. Its parameter types equal those of the run method.
/// </summary>
/// <remarks>Handlers can run before the run method does, never before the constructor.</remarks>
[AttributeUsage(AttributeTargets.Constructor, Inherited = false)]
public sealed class WorkflowInitAttribute : Attribute
{
}
