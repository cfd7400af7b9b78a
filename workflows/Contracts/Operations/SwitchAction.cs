using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Stops what a kill switch names, or lets it go on.</summary>
public sealed record SwitchAction : OperatorAction
{
    /// <summary>For example <c>transfers</c>, <c>transfers:CURRENCY-USD</c>; see <see cref="Domain.SwitchName"/>.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>True stops, false releases.</summary>
    [JsonPropertyName("stopped")]
    public bool Stopped { get; init; }
}
