using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Step 4: records what proves the execution; CONFIRMED.</summary>
public interface IConfirmActivity
{
    [Activity("Confirm")]
    Task ConfirmAsync(ConfirmInput input);
}
