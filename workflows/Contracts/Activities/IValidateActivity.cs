using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Step 1: account, entity, currency, limits, window and cut-off, calendar, compliance, kill switches. The verdict and the
/// state that follows from it are one transaction: FAILED, AWAITING_APPROVAL, SCHEDULED, or unchanged when the lock may follow.
/// Asked again with an approval it computes the schedule anew. Refused in a later attempt, AWAITING_RETRY stays.
/// </summary>
public interface IValidateActivity
{
    [Activity("Validate")]
    Task<ValidationResult> ValidateAsync(ValidateInput input);
}
