using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Who asks for what, and why. Every update takes it. Identity and reason are required and end up in history and audit. What
/// a command line's caller types is a statement, not an identity: actions that need four eyes also carry a ticket.
/// </summary>
public record OperatorAction
{
    public const int MaxNameLength = 100;
    public const int MaxReasonLength = 1000;
    public const int MaxRequestIdLength = 64;
    public const int MaxSignatureLength = 100;

    /// <summary>User name of the operator.</summary>
    [JsonPropertyName("operator")]
    public string Operator { get; init; } = "";

    [JsonPropertyName("reason")]
    public string Reason { get; init; } = "";

    /// <summary>Chosen by the caller, 1 to 64 of A-Z a-z 0-9 _ - : . ; a repeat gets the first answer.</summary>
    [JsonPropertyName("request_id")]
    public string RequestId { get; init; } = "";

    /// <summary>Where it came from: one of <see cref="ActorSources"/>; absent: the command line. Whoever says <c>api</c> must prove it by <see cref="Signature"/>.</summary>
    [JsonPropertyName("source")]
    public string? Source { get; init; }

    /// <summary>The API's signature, made by <see cref="ActionKeys"/>; absent from the command line, and from actions of before there were signatures.</summary>
    [JsonPropertyName("signature")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Signature { get; init; }
}
