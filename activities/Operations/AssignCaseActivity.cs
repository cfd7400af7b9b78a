using Settlement.Activities.Operators;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>Gives a case an owner.</summary>
public sealed class AssignCaseActivity(ActionGate gate, CaseActions cases) : IAssignCaseActivity
{
    /// <inheritdoc/>
    [Activity("AssignCase")]
    public async Task<OperationReply> AssignAsync(AssignCaseAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var actor = await gate.AdmitAsync(OperationNames.AssignCase, action, asOf);
        return await cases.RunAsync(action.CaseId, "assign", action, asOf, (step, one) =>
        {
            step.Cases.Assign(one, action.Owner, actor, action.Reason, action.RequestId);
            step.Publish("settlement.case_assigned", Json.Of(new { step.Settlement.Reference, one.CaseId, Reason = one.Reason.ToString(), action.Owner }));
            return Task.FromResult(CaseAnswer.Done($"The case is {action.Owner}'s."));
        });
    }
}
