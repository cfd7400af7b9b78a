using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Runs a scheduled job now, out of turn.</summary>
public sealed record TriggerJobAction : OperatorAction
{
    /// <summary>One of <see cref="JobNames.All"/>.</summary>
    [JsonPropertyName("job")]
    public string Job { get; init; } = "";
}
