using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <inheritdoc cref="ICaseActivities"/>
public sealed partial class CaseActivities(
    ActionGate gate, CaseActions cases, AccountDirectory accounts)
    : ICaseActivities
{
    /// <inheritdoc/>
    [Activity("AssignCase")]
    public async Task<OperationReply> AssignCaseAsync(AssignCaseAction action, DateTimeOffset asOf)
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
