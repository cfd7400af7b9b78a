using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>A deadline has passed: event and notification, and from the warning on a case and the attention flag.
/// Fails as SwitchedOff, with nothing done, while a kill switch holds escalations back.</summary>
public interface IEscalateActivity
{
    [Activity("Escalate")]
    Task EscalateAsync(EscalationInput input);
}
