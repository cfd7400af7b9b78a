using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Moves the cut-off of one day, once per request id, with its audit entry.</summary>
public interface IExtendWindowActivity
{
    [Activity("ExtendWindow")]
    Task<OperationReply> ExtendAsync(ExtendWindowAction action, DateTimeOffset asOf);
}
