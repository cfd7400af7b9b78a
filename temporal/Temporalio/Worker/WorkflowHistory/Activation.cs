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

    /// <summary>Gets the build id of the worker that ran this task first.</summary>
    public required string BuildId { get; init; }

    /// <summary>Gets the language flags that history holds.</summary>
    public required IReadOnlySet<uint> LanguageFlags { get; init; }

    /// <summary>Gets what happened, in the order to apply it.</summary>
    public required IReadOnlyList<ActivationJob> Jobs { get; init; }
}
