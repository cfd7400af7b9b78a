using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>What a dynamic workflow says about itself once it knows its name, see <see cref="WorkflowDynamicOptionsAttribute"/>.</summary>
public class WorkflowDefinitionOptions : ICloneable
{
    /// <summary>Gets or sets the exception types that fail the workflow; unset leaves those of <see cref="WorkflowAttribute.FailureExceptionTypes"/>.</summary>
    public Type[]? FailureExceptionTypes { get; set; }

    /// <summary>Gets or sets how the workflow moves between worker deployment versions; unspecified leaves that of the attribute.</summary>
    public VersioningBehavior VersioningBehavior { get; set; }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public object Clone() => MemberwiseClone();
}
