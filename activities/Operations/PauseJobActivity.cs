using Settlement.Activities.Operators;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>Pauses a job, or lets it go on. The workers see it within a minute, and count no slot of a paused job as missed.</summary>
public sealed class PauseJobActivity(ActionGate gate, JobSchedule schedule) : IPauseJobActivity
{
    /// <inheritdoc/>
    [Activity("PauseJob")]
    public async Task<OperationReply> PauseAsync(PauseJobAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.PauseJob, action, asOf);
        var note = $"{action.Operator}: {action.Reason}";
        return await (action.Paused
            ? schedule.RunAsync(action.Job, recorded, "job_paused", $"Job {action.Job} is paused.", (handle, rpc) => handle.PauseAsync(note, rpc))
            : schedule.RunAsync(action.Job, recorded, "job_resumed", $"Job {action.Job} goes on.", (handle, rpc) => handle.UnpauseAsync(note, rpc)));
    }
}
