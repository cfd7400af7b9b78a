namespace Temporalio.Workflows;

/// <summary>
/// Marks a public method without parameters of a dynamic workflow that returns <see cref="WorkflowDefinitionOptions"/>. It is called once for each run, after the
/// workflow object is made, and must be deterministic.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowDynamicOptionsAttribute : Attribute;
