using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Writes an operator's act, with identity, reason and source, to audit and events, before the act takes effect. An act that
/// carries a ticket redeems it in the same transaction.
/// </summary>
public interface IRecordOperatorActivity
{
    /// <exception cref="Exception">An application failure of
    /// Type <c>TicketInvalid</c> or <c>FourEyesViolated</c>: the ticket was refused; not retryable.
    /// </exception>
    [Activity("RecordOperatorAction")]
    Task<OperatorRecord> RecordAsync(OperatorActionInput input);
}
