using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// What a workflow run is told in one go.
/// </summary>
internal sealed class Activation
{
    /// <summary>Gets the workflow's time, UTC.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>Gets a value indicating whether all of it was told before.</summary>
    public required bool IsReplaying { get; init; }

    /// <summary>Gets the number of events so far.</summary>
    public required int HistoryLength { get; init; }

    /// <summary>Gets the size of history so far in bytes.</summary>
    public required int HistorySizeBytes { get; init; }

    /// <summary>Gets a value indicating whether the server suggests to continue as new.</summary>
    public required bool ContinueAsNewSuggested { get; init; }

    /// <summary>Gets why the server suggests it.</summary>
    public required IReadOnlyCollection<SuggestContinueAsNewReason> ContinueAsNewReasons { get; init; }

    /// <summary>Gets a value indicating whether new tasks of the workflow would go to another deployment version than its own.</summary>
    public required bool TargetDeploymentChanged { get; init; }

    /// <summary>Gets the deployment version of the worker that ran this task first; null if it had none. Its name is empty if it had a build id only.</summary>
    public required WorkerDeploymentVersion? Deployment { get; init; }

    /// <summary>Gets the language flags that history holds.</summary>
    public required IReadOnlySet<uint> LanguageFlags { get; init; }

    /// <summary>Gets what happened, in the order to apply it.</summary>
    public required IReadOnlyList<ActivationJob> Jobs { get; init; }
}
