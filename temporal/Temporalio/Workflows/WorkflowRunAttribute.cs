namespace Temporalio.Workflows;

/// <summary>
/// Marks the one method where a workflow begins. It is public, not static, declared on the workflow type itself, and
/// returns a task.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowRunAttribute : Attribute
{
}
