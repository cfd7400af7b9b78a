using System.Text.Json.Serialization;
using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Cases: who owns one, and how it is closed.</summary>
public interface ICaseActivities
{
    /// <summary>Gives a case an owner, with audit entry and event.</summary>
    [Activity("AssignCase")]
    Task<OperationReply> AssignCaseAsync(AssignCaseAction action, DateTimeOffset asOf);

    /// <summary>Redeems the ticket and closes the case, in one transaction; an amount in suspense is cleared with it.</summary>
    [Activity("CloseCase")]
    Task<OperationReply> CloseCaseAsync(CloseCaseAction action, DateTimeOffset asOf);
}

/// <summary>Gives an open case an owner, or another one.</summary>
public sealed record AssignCaseAction : OperatorAction
{
    [JsonPropertyName("case_id")]
    public Guid CaseId { get; init; }

    /// <summary>User name of who takes care of it.</summary>
    [JsonPropertyName("owner")]
    public string Owner { get; init; } = "";
}

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
