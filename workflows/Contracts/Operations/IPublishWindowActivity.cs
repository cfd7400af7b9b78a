using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Publishes the next version of a window, once per request id, with its audit entry.</summary>
public interface IPublishWindowActivity
{
    [Activity("PublishWindow")]
    Task<OperationReply> PublishAsync(PublishWindowAction action, DateTimeOffset asOf);
}
