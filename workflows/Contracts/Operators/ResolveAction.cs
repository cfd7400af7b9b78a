using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>What became of an instruction whose outcome the bank cannot tell.</summary>
public sealed record ResolveAction : TicketedAction
{
    public const int MaxEvidenceLength = 4000;

    /// <summary>The bank has moved the money: the settlement goes on to CONFIRMED.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The bank has not moved money and will not: the lock is released.</summary>
    public const string NotExecuted = "not_executed";

    /// <summary><see cref="Confirmed"/> or <see cref="NotExecuted"/>.</summary>
    [JsonPropertyName("outcome")]
    public string Outcome { get; init; } = "";

    /// <summary>What the decision rests on, for example a statement line or a letter; required.</summary>
    [JsonPropertyName("evidence")]
    public string Evidence { get; init; } = "";
}
