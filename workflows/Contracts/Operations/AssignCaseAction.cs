using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Gives an open case an owner, or another one.</summary>
public sealed record AssignCaseAction : OperatorAction
{
    [JsonPropertyName("case_id")]
    public Guid CaseId { get; init; }

    /// <summary>User name of who takes care of it.</summary>
    [JsonPropertyName("owner")]
    public string Owner { get; init; } = "";
}
