using System.Text.Json.Serialization;
using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>What has come apart, or must be undone: a payment asked back, a lost or orphaned workflow, an archived settlement.</summary>
public interface IRepairActivities
{
    /// <summary>Stores the PENDING return of a settled payment, once per request id, and starts its workflow.</summary>
    [Activity("ReturnPayment")]
    Task<OperationReply> ReturnPaymentAsync(ReturnAction action, DateTimeOffset asOf);

    /// <summary>Resets the ended workflow of an open settlement, and closes the case of the orphan.</summary>
    [Activity("ReviveSettlement")]
    Task<OperationReply> ReviveSettlementAsync(ReviveAction action, DateTimeOffset asOf);

    /// <summary>Records what an orphaned workflow was, and then terminates it.</summary>
    [Activity("EndOrphan")]
    Task<OperationReply> EndOrphanAsync(EndOrphanAction action, DateTimeOffset asOf);

    /// <summary>Brings archived records back, once per request id.</summary>
    [Activity("RestoreSettlement")]
    Task<OperationReply> RestoreSettlementAsync(RestoreAction action, DateTimeOffset asOf);
}

/// <summary>Asks for a settled payment back, in full. The return is a settlement of its own, and a second person approves it.</summary>
public sealed record ReturnAction : OperatorAction
{
    /// <summary>The settled payment.</summary>
    [JsonPropertyName("settlement_id")]
    public Guid SettlementId { get; init; }
}

/// <summary>Gives an open settlement whose workflow was ended its workflow back.</summary>
public sealed record ReviveAction : OperatorAction
{
    /// <summary>The open settlement.</summary>
    [JsonPropertyName("settlement_id")]
    public Guid SettlementId { get; init; }
}

/// <summary>Ends an open workflow that has no settlement, or whose settlement has ended.</summary>
public sealed record EndOrphanAction : OperatorAction
{
    /// <summary>Longer ids are no settlement's.</summary>
    public const int MaxWorkflowIdLength = 200;

    /// <summary>As the job <c>orphans</c> reports it, for example <c>settlement-S20261122…</c>.</summary>
    [JsonPropertyName("workflow_id")]
    public string WorkflowId { get; init; } = "";
}

/// <summary>Brings the records of an archived settlement back.</summary>
public sealed record RestoreAction : OperatorAction
{
    /// <summary>The archived settlement.</summary>
    [JsonPropertyName("settlement_id")]
    public Guid SettlementId { get; init; }
}
