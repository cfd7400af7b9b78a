using Settlement.Activities.Operators;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Client.Schedules;

namespace Settlement.Activities.Operations;

/// <summary>Runs a job out of turn: the run has a slot of its own, the present instant.</summary>
public sealed class TriggerJobActivity(ActionGate gate, JobSchedule schedule) : ITriggerJobActivity
{
    /// <inheritdoc/>
    [Activity("TriggerJob")]
    public async Task<OperationReply> TriggerAsync(TriggerJobAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.TriggerJob, action, asOf);
        return await schedule.RunAsync(
            action.Job, recorded, "job_triggered", $"Job {action.Job} runs now; its end is in the run ledger.",
            (handle, rpc) => handle.TriggerAsync(new ScheduleTriggerOptions { Rpc = rpc }));
    }
}
