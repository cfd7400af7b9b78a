using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Stores the PENDING return of a settled payment, once per request id, and starts its workflow.</summary>
public interface IReturnPaymentActivity
{
    [Activity("ReturnPayment")]
    Task<OperationReply> BeginAsync(ReturnAction action, DateTimeOffset asOf);
}
