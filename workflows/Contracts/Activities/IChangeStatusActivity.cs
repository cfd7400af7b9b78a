using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Moves the settlement along the transition table, with history, audit and event, in one transaction.</summary>
public interface IChangeStatusActivity
{
    [Activity("ChangeStatus")]
    Task ChangeStatusAsync(ChangeStatusInput input);
}
