using Temporalio.Api.Sdk.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>
/// What the Web UI asks about a run.
/// </content>
internal sealed partial class WorkflowInstance
{
    /// <summary>Where the run was waiting before it took hold of its thread, as far as that is known.</summary>
    /// <returns>Text for people.</returns>
    /// <remarks>The runtime cannot say where another thread is; what it was last seen waiting for is close.</remarks>
    internal string? DescribeDeadlock() => details.StackTrace == WorkflowStackTrace.None ? null : DescribeWaits();

    private WorkflowQueryDefinition MetadataQuery() =>
        WorkflowQueryDefinition.CreateWithoutAttribute("temporal_workflow_metadata", DescribeWorkflow);

    private WorkflowMetadata DescribeWorkflow()
    {
        var described = new Api.Sdk.V1.WorkflowDefinition { Type = Info.WorkflowType };
        described.SignalDefinitions.Add(signals.Values.Append(dynamicSignal).OfType<WorkflowSignalDefinition>()
            .Select(s => Interaction(s.Name, s.Description)).OrderBy(i => i.Name, StringComparer.Ordinal));
        described.QueryDefinitions.Add(queries.Values.Append(dynamicQuery).OfType<WorkflowQueryDefinition>()
            .Select(q => Interaction(q.Name, q.Description)).OrderBy(i => i.Name, StringComparer.Ordinal));
        described.UpdateDefinitions.Add(updates.Values.Append(dynamicUpdate).OfType<WorkflowUpdateDefinition>()
            .Select(u => Interaction(u.Name, u.Description)).OrderBy(i => i.Name, StringComparer.Ordinal));
        return new() { Definition = described, CurrentDetails = CurrentDetails };
    }

    private static WorkflowInteractionDefinition Interaction(string? name, string? description) =>
        new() { Name = name ?? string.Empty, Description = description ?? string.Empty };
}
