using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Moves the deadline of the current wait to a later instant.</summary>
public sealed record ExtendDeadlineAction : OperatorAction
{
    /// <summary>The new deadline, ISO 8601 UTC; later than the present one, at most 30 days ahead.</summary>
    [JsonPropertyName("until")]
    public DateTimeOffset Until { get; init; }
}
