using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Writes an operator's action, with identity, reason and source, to audit and events, before the action takes effect. An action that
/// carries a ticket redeems it in the same transaction.
/// </summary>
public interface IRecordOperatorActivity
{
    /// <summary>Records the action. A refused ticket is an answer, so that the attempt stays recorded too.</summary>
    [Activity("RecordOperatorAction")]
    Task<OperatorRecord> RecordAsync(OperatorActionInput input);
}
