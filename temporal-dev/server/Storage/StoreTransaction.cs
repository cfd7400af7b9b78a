namespace Temporalio.DevServer.Storage;

/// <summary>What is written together or not at all. No run, workflow id's current run or document appears twice.</summary>
internal sealed record StoreTransaction
{
    /// <summary>Transitions of runs, for example a run that closes and the one it continues as.</summary>
    public IReadOnlyList<RunWrite> Runs { get; init; } = [];

    /// <summary>Small documents, for example the schedule that has started one of the runs.</summary>
    public IReadOnlyList<DocumentWrite> Documents { get; init; } = [];

    /// <summary>Runs to delete with their events, visibility and current pointer. One that is not there is no error.</summary>
    public IReadOnlyList<RunKey> Deletes { get; init; } = [];
}
