using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Closes a case with what was found out. It needs a second person's ticket for this very case. A case whose amount stands in
/// suspense is closed by the return of that amount: our account at the bank is debited, suspense is cleared.
/// </summary>
public sealed record CloseCaseAction : TicketedAction
{
    [JsonPropertyName("case_id")]
    public Guid CaseId { get; init; }

    /// <summary>What the decision rests on, for example a statement line or a letter; required.</summary>
    [JsonPropertyName("evidence")]
    public string Evidence { get; init; } = "";
}
