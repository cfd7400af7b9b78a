using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Redeems the ticket and closes the case, in one transaction; an amount in suspense is cleared with it.</summary>
public interface ICloseCaseActivity
{
    [Activity("CloseCase")]
    Task<OperationReply> CloseAsync(CloseCaseAction action, DateTimeOffset asOf);
}
