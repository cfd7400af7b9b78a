using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Brings archived records back, once per request id.</summary>
public interface IRestoreSettlementActivity
{
    [Activity("RestoreSettlement")]
    Task<OperationReply> RestoreAsync(RestoreAction action, DateTimeOffset asOf);
}
