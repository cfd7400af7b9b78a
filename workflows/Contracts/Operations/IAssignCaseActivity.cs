using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Gives a case an owner, with audit entry and event.</summary>
public interface IAssignCaseActivity
{
    [Activity("AssignCase")]
    Task<OperationReply> AssignAsync(AssignCaseAction action, DateTimeOffset asOf);
}
