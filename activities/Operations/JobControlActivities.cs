using Settlement.Activities.Operators;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Client.Schedules;

namespace Settlement.Activities.Operations;

/// <inheritdoc cref="IJobControlActivities"/>
public sealed partial class JobControlActivities(
    ActionGate gate, JobSchedule schedule)
    : IJobControlActivities
{
    /// <inheritdoc/>
    [Activity("TriggerJob")]
    public async Task<OperationReply> TriggerJobAsync(TriggerJobAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.TriggerJob, action, asOf);
        return await schedule.RunAsync(
            action.Job, recorded, "job_triggered", $"Job {action.Job} runs now; its end is in the run ledger.",
            (handle, rpc) => handle.TriggerAsync(new ScheduleTriggerOptions { Rpc = rpc }));
    }

    /// <inheritdoc/>
    [Activity("PauseJob")]
    public async Task<OperationReply> PauseJobAsync(PauseJobAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.PauseJob, action, asOf);
        var note = $"{action.Operator}: {action.Reason}";
        return await (action.Paused
            ? schedule.RunAsync(action.Job, recorded, "job_paused", $"Job {action.Job} is paused.", (handle, rpc) => handle.PauseAsync(note, rpc))
            : schedule.RunAsync(action.Job, recorded, "job_resumed", $"Job {action.Job} goes on.", (handle, rpc) => handle.UnpauseAsync(note, rpc)));
    }
}
