using Settlement.Activities.Failures;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Activities.Operations;

/// <inheritdoc cref="IReferenceDataActivities"/>
public sealed partial class ReferenceDataActivities(
    ActionGate gate, SwitchBoard board, ReferenceDataActions changes, OpenSettlements open, ReferenceDataCache reference, ITemporalClient temporal)
    : IReferenceDataActivities
{
    /// <inheritdoc/>
    [Activity("SetSwitch")]
    public async Task<OperationReply> SetSwitchAsync(SwitchAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.SetSwitch, action, asOf);
        var message = await Refusals.GuardAsync(() =>
            board.SetAsync(action.Name, action.Stopped, recorded, Actions.Cancellation));
        return new OperationReply { Target = $"switch:{action.Name}", Message = message };
    }

    /// <inheritdoc/>
    [Activity("ExtendWindow")]
    public async Task<OperationReply> ExtendWindowAsync(ExtendWindowAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.ExtendWindow, action, asOf);
        var message = await Refusals.GuardAsync(() => changes.ExtendWindowAsync(
            action.Rail, Currency.Of(action.Currency), action.Date, action.CutOff, recorded, Actions.Cancellation));
        return new OperationReply { Target = $"window:{action.Rail}/{action.Currency}", Message = message };
    }

    /// <inheritdoc/>
    [Activity("PublishWindow")]
    public async Task<OperationReply> PublishWindowAsync(PublishWindowAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.PublishWindow, action, asOf);
        var window = new SettlementWindow(action.Rail, Currency.Of(action.Currency), action.Calendar, action.Zone, action.Opens, action.CutOff);
        var message = await Refusals.GuardAsync(() => changes.PublishWindowAsync(window, recorded, Actions.Cancellation));
        return new OperationReply { Target = $"window:{action.Rail}/{action.Currency}", Message = message };
    }

    /// <inheritdoc/>
    [Activity("PublishCalendar")]
    public async Task<OperationReply> PublishCalendarAsync(PublishCalendarAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.PublishCalendar, action, asOf);
        var message = await Refusals.GuardAsync(() => changes.PublishCalendarAsync(
            action.Code, action.Close, action.Open, action.ThroughYear, recorded, Actions.Cancellation));
        return new OperationReply { Target = $"calendar:{action.Code}", Message = message };
    }

    private const int PageSize = 500;

    /// <inheritdoc/>
    [Activity("NotifyOpenSettlements")]
    public async Task<NotifyPage> NotifyOpenSettlementsAsync(NotifyInput input, DateTimeOffset asOf)
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
