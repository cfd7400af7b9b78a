using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Publishes the next version of a calendar, once per request id, with its audit entry.</summary>
public interface IPublishCalendarActivity
{
    [Activity("PublishCalendar")]
    Task<OperationReply> PublishAsync(PublishCalendarAction action, DateTimeOffset asOf);
}
