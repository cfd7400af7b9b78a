using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Signals one page of open settlements that have to look at calendars, windows or switches again.</summary>
public interface INotifyOpenSettlementsActivity
{
    [Activity("NotifyOpenSettlements")]
    Task<NotifyPage> NotifyAsync(NotifyInput input, DateTimeOffset asOf);
}
