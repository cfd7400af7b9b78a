using System.Text.Json.Serialization;
using Settlement.Domain;
using Temporalio.Workflows;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// What clients may ask of a settlement. The API uses this interface; operators send the same words from the
/// <c>temporal</c> command line with the same effect:
/// <code>temporal workflow update execute -w settlement-S… --name Retry --input '{"operator":"olga","reason":"…","request_id":"…"}'</code>
/// An update that makes no sense now is refused by its validator with the reason. A repeated <c>request_id</c> gets the
/// first answer.
/// </summary>
[Workflow(SettlementNames.Workflow)]
public interface ISettlementWorkflow
{
    /// <summary>Settles the request. Ends only on a terminal state.</summary>
    [WorkflowRun]
    Task<SettlementResult> RunAsync(SettlementRequest request);

    /// <summary>A message of the bank about one of the settlement's instructions; deduplicated by message id and UETR.</summary>
    [WorkflowSignal(SettlementNames.BankMessageSignal)]
    Task BankMessageAsync(BankMessage message);

    /// <summary>Calendars, windows or switches have changed: open deadlines are computed again, what was held back is tried again.</summary>
    [WorkflowSignal(SettlementNames.ReferenceChangedSignal)]
    Task ReferenceChangedAsync(ReferenceChange change);

    /// <summary>A case of the settlement was closed by hand, with four eyes.</summary>
    [WorkflowSignal(SettlementNames.CaseClosedSignal)]
    Task CaseClosedAsync(CaseClosed closed);

    /// <summary>From AWAITING_RETRY: a new attempt with a new instruction.</summary>
    [WorkflowUpdate(SettlementNames.RetryUpdate)]
    Task<OperatorReply> RetryAsync(OperatorAction action);

    /// <summary>Ends it before the point of no return; after it, asks the bank to recall the payment.</summary>
    [WorkflowUpdate(SettlementNames.CancelUpdate)]
    Task<OperatorReply> CancelAsync(OperatorAction action);

    /// <summary>A second person agrees, by ticket.</summary>
    [WorkflowUpdate(SettlementNames.ApproveUpdate)]
    Task<OperatorReply> ApproveAsync(TicketedAction action);

    /// <summary>A second person refuses, by ticket.</summary>
    [WorkflowUpdate(SettlementNames.RejectUpdate)]
    Task<OperatorReply> RejectAsync(TicketedAction action);

    /// <summary>An operator says with evidence, and a second person's ticket, what became of the instruction.</summary>
    [WorkflowUpdate(SettlementNames.ResolveUpdate)]
    Task<OperatorReply> ResolveAsync(ResolveAction action);

    /// <summary>Tries a failing compensation again now instead of at the end of its backoff.</summary>
    [WorkflowUpdate(SettlementNames.RetryCompensationUpdate)]
    Task<OperatorReply> RetryCompensationAsync(OperatorAction action);

    /// <summary>Moves the deadline of the current wait.</summary>
    [WorkflowUpdate(SettlementNames.ExtendDeadlineUpdate)]
    Task<OperatorReply> ExtendDeadlineAsync(ExtendDeadlineAction action);

    /// <summary>Holds the settlement before its next step; never after the point of no return.</summary>
    [WorkflowUpdate(SettlementNames.PauseUpdate)]
    Task<OperatorReply> PauseAsync(OperatorAction action);

    /// <summary>Lets a paused settlement go on.</summary>
    [WorkflowUpdate(SettlementNames.ResumeUpdate)]
    Task<OperatorReply> ResumeAsync(OperatorAction action);

    [WorkflowQuery(SettlementNames.StatusQuery)]
    SettlementView Status();

    [WorkflowQuery(SettlementNames.StepsQuery)]
    IReadOnlyList<StepView> Steps();
}

/// <summary>Signal <c>CaseClosed</c>: people have closed a case of this settlement, so nobody is needed for it any more.</summary>
public sealed record CaseClosed
{
    [JsonPropertyName("reason")]
    public required AttentionReason Reason { get; init; }
}

/// <summary>Signal <c>ReferenceChanged</c>: calendars, windows or switches are no longer what they were; look again.</summary>
public sealed record ReferenceChange
{
    /// <summary>What changed, in words, for the steps.</summary>
    [JsonPropertyName("change")]
    public string Change { get; init; } = "";
}
