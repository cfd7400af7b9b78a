using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>Signal <c>CaseClosed</c>: people have closed a case of this settlement, so nobody is needed for it any more.</summary>
public sealed record CaseClosed
{
    [JsonPropertyName("reason")]
    public required AttentionReason Reason { get; init; }
}
