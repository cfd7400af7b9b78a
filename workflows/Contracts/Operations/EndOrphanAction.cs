using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Ends an open workflow that has no settlement, or whose settlement has ended.</summary>
public sealed record EndOrphanAction : OperatorAction
{
    /// <summary>Longer ids are no settlement's.</summary>
    public const int MaxWorkflowIdLength = 200;

    /// <summary>As the job <c>orphans</c> reports it, for example <c>settlement-S20261122…</c>.</summary>
    [JsonPropertyName("workflow_id")]
    public string WorkflowId { get; init; } = "";
}
