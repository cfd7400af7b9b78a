using Settlement.Activities.Lifecycle;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Activities.Operations;

/// <summary>Signals those whose schedule is no longer what present data give, or who are held by a switch. A repeat signals again, which harms nobody.</summary>
public sealed class NotifyOpenSettlementsActivity(OpenSettlements open, ReferenceDataCache reference, ITemporalClient temporal) : INotifyOpenSettlementsActivity
{
    private const int PageSize = 500;

    /// <inheritdoc/>
    [Activity("NotifyOpenSettlements")]
    public async Task<NotifyPage> NotifyAsync(NotifyInput input, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cancel = Actions.Cancellation;
        var page = input.HeldOnly
            ? await open.HeldAsync(input.After, PageSize, cancel)
            : await open.ScheduledAsync(input.After, PageSize, cancel);
        var data = await reference.GetAsync(cancel);
        var told = 0;
        foreach (var settlement in page)
        {
            cancel.ThrowIfCancellationRequested();
            if ((input.HeldOnly || ScheduleRules.IsOutdated(settlement, data)) && await TellAsync(settlement, input.Change, cancel))
                told++;
            if (ActivityExecutionContext.HasCurrent)
                ActivityExecutionContext.Current.Heartbeat();
        }

        return new NotifyPage { Told = told, Next = page.Count == PageSize ? page[^1].SettlementId : null };
    }

    private async Task<bool> TellAsync(SettlementTransaction settlement, string change, CancellationToken cancel)
    {
        try
        {
            await temporal.GetWorkflowHandle(SettlementReference.WorkflowId(settlement.Reference)).SignalAsync(
                SettlementNames.ReferenceChangedSignal,
                [new ReferenceChange { Change = change }],
                new WorkflowSignalOptions { Rpc = new RpcOptions { CancellationToken = cancel } });
            return true;
        }
        catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
        {
            // Ended meanwhile, or not started yet: then it reads the new data when it begins.
            return false;
        }
    }
}
