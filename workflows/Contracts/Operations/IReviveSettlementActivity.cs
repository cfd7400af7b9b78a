using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Resets the ended workflow of an open settlement, and closes the case of the orphan.</summary>
public interface IReviveSettlementActivity
{
    [Activity("ReviveSettlement")]
    Task<OperationReply> ReviveAsync(ReviveAction action, DateTimeOffset asOf);
}
