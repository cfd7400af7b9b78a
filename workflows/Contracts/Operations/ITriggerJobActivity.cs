using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Records who wants the job to run, and then triggers its schedule.</summary>
public interface ITriggerJobActivity
{
    [Activity("TriggerJob")]
    Task<OperationReply> TriggerAsync(TriggerJobAction action, DateTimeOffset asOf);
}
