using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Records what an orphaned workflow was, and then terminates it.</summary>
public interface IEndOrphanActivity
{
    [Activity("EndOrphan")]
    Task<OperationReply> EndAsync(EndOrphanAction action, DateTimeOffset asOf);
}
