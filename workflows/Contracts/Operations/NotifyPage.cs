using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>One page of told settlements.</summary>
public sealed record NotifyPage
{
    [JsonPropertyName("told")]
    public required int Told { get; init; }

    /// <summary>Where the next page begins; null: this was the last.</summary>
    [JsonPropertyName("next")]
    public Guid? Next { get; init; }
}
