using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage;

internal sealed partial class MemoryStore
{
    private void Commit(StoreTransaction transaction)
    {
        StoreTransactionCheck.Check(transaction);
        lock (gate)
        {
            foreach (var run in transaction.Runs)
                Expect(run);
            foreach (var document in transaction.Documents)
                Expect(document);
            foreach (var run in transaction.Runs)
                Write(run);
            foreach (var document in transaction.Documents)
                Write(document);
            foreach (var run in transaction.Deletes)
                Delete(run);
        }
    }

    private void Expect(RunWrite write)
    {
        var stored = runs.GetValueOrDefault(write.Run);
        if ((stored?.Version ?? 0) != write.ExpectedVersion || (stored is not null && write.Append.Count > 0 && write.Append[0].FirstEventId != stored.NextEventId))
            throw new StoreConflictException($"Run {write.Run.RunId} is not at version {write.ExpectedVersion}.");
        if (write.Current is { } change && currents.GetValueOrDefault((write.Run.NamespaceId, write.Run.WorkflowId))?.RunId != change.ExpectedRunId)
            throw new StoreConflictException($"The current run of {write.Run.WorkflowId} is not {change.ExpectedRunId ?? "none"}.");
    }

    private void Expect(DocumentWrite write)
    {
        if (write is { Body: not null, ExpectedVersion: { } expected } && (documents.GetValueOrDefault(write.Key)?.Version ?? 0) != expected)
            throw new StoreConflictException($"{write.Key.Kind} {write.Key.Name} is not at version {expected}.");
    }

    private void Write(RunWrite write)
    {
        if (!runs.TryGetValue(write.Run, out var run))
            runs.Add(write.Run, run = new Run());
        run.Version++;
        run.Batches.AddRange(write.Append);
        run.Extras = write.Extras;
        run.IsLive = write.IsLive;
        run.NextDue = write.NextDue;
        run.HasTasks = write.HasTasks;
        run.RetainUntil = write.RetainUntil;
        run.Visibility = write.Visibility ?? run.Visibility;
        if (write.Current is { } change)
            currents[(write.Run.NamespaceId, write.Run.WorkflowId)] = change.Now;
    }

    private void Write(DocumentWrite write)
    {
        if (write.Body is null)
            documents.Remove(write.Key);
        else
            documents[write.Key] = new StoredDocument(write.Key, (documents.GetValueOrDefault(write.Key)?.Version ?? 0) + 1, write.Body);
    }

    private void Delete(RunKey run)
    {
        if (runs.Remove(run) && currents.GetValueOrDefault((run.NamespaceId, run.WorkflowId))?.RunId == run.RunId)
            currents.Remove((run.NamespaceId, run.WorkflowId));
    }

    private sealed class Run
    {
        public long Version { get; set; }

        public List<HistoryEventBatch> Batches { get; } = [];

        public long NextEventId => Batches.Count == 0 ? 1 : Batches[^1].NextEventId;

        public byte[] Extras { get; set; } = [];

        public bool IsLive { get; set; }

        public DateTimeOffset? NextDue { get; set; }

        public bool HasTasks { get; set; }

        public DateTimeOffset? RetainUntil { get; set; }

        public VisibilityRow? Visibility { get; set; }
    }
}
