using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Step 5: posts the pending transfer exactly once; SETTLED.</summary>
public interface IFinalizeActivity
{
    [Activity("Finalize")]
    Task FinalizeAsync(StepInput input);
}
