using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Records who pauses the job or lets it go on, and then does so to its schedule.</summary>
public interface IPauseJobActivity
{
    [Activity("PauseJob")]
    Task<OperationReply> PauseAsync(PauseJobAction action, DateTimeOffset asOf);
}
