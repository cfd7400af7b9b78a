namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>A transaction on its way, and whoever waits for it.</summary>
internal sealed class CommitRequest(StoreTransaction transaction, long bytes)
{
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoreTransaction Transaction { get; } = transaction;

    public long Bytes { get; } = bytes;

    public Task Completion => completion.Task;

    /// <summary>Tells the caller. Only the first outcome counts; returns whether this was it.</summary>
    public bool TryFinish(Exception? failure) => failure is null ? completion.TrySetResult() : completion.TrySetException(failure);

    /// <summary>What this transaction touches. Two that share something must not be written by the same set of statements.</summary>
    public IEnumerable<object> Touches()
    {
        foreach (var run in Transaction.Runs)
        {
            yield return run.Run;
            if (run.Current is not null)
                yield return (run.Run.NamespaceId, run.Run.WorkflowId);
        }

        foreach (var document in Transaction.Documents)
            yield return document.Key;
        foreach (var run in Transaction.Deletes)
        {
            yield return run;
            yield return (run.NamespaceId, run.WorkflowId);
        }
    }
}
