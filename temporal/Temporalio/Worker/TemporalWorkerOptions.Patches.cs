namespace Temporalio.Worker;

/// <content>
/// Patches, and activities that come with the answer to a workflow task.
/// </content>
public partial class TemporalWorkerOptions
{
    /// <summary>
    /// Gets or sets what decides whether a run that asks for a patch the first time takes it: true takes it and records it, false
    /// stays on the old way for the rest of the run and records nothing. For a rollout during which older workers still run; not
    /// asked on replay, for a recorded patch, or for a deprecated one. It must not use the workflow it is asked for but by its input.
    /// Null takes every patch.
    /// </summary>
    public Func<PatchActivationInput, bool>? PatchActivationCallback { get; set; }

    /// <summary>
    /// Gets or sets how many activities may come with the answer to one workflow task, at least one; unset means three.
    /// <see cref="DisableEagerActivityExecution"/> lets none come.
    /// </summary>
    public int? MaxEagerActivityReservationsPerWorkflowTask { get; set; }
}
