using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage;

/// <summary>What every store refuses at once, so that tests on memory find what PostgreSQL would refuse.</summary>
internal static class StoreTransactionCheck
{
    /// <summary>More bytes than this in one transaction are a mistake of the caller: the blob limits are far below.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Checks a transaction and returns its size in bytes, roughly.</summary>
    /// <exception cref="StoreRejectedException">It cannot be stored.</exception>
    public static long Check(StoreTransaction transaction)
    {
        var bytes = 0L;
        var seen = new HashSet<object>();
        foreach (var run in transaction.Runs)
        {
            Run(run, seen);
            bytes += run.Extras.Length + run.Append.Sum(b => (long)b.Events.Length) + (run.Visibility?.Memo.Length ?? 0);
        }

        foreach (var document in transaction.Documents)
        {
            Require(seen.Add(document.Key), "a document twice");
            Text(document.Key.Scope, document.Key.Name);
            bytes += document.Body?.Length ?? 0;
        }

        foreach (var run in transaction.Deletes)
        {
            Key(run);
            Require(seen.Add(run), "a run twice");
        }

        Require(bytes <= MaxBytes, $"{bytes} bytes");
        return bytes;
    }

    /// <summary>Whether the key can name a run at all; one that cannot is simply not found.</summary>
    public static bool IsKey(RunKey run) => IsUuid(run.NamespaceId) && IsUuid(run.RunId) && StorableText.IsStorable(run.WorkflowId);

    /// <summary>Whether the text is a UUID as the store writes it.</summary>
    public static bool IsUuid(string? text) => Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text;

    private static void Run(RunWrite run, HashSet<object> seen)
    {
        Key(run.Run);
        Require(seen.Add(run.Run), "a run twice");
        Require(run.ExpectedVersion >= 0, "a negative version");
        for (var i = 0; i < run.Append.Count; i++)
        {
            var first = run.Append[i].FirstEventId;
            Require(run.Append[i].Count > 0 && first > 0 && (i == 0 || first == run.Append[i - 1].NextEventId), "events with a gap");
        }

        Require(run.ExpectedVersion > 0 || (run.Append.Count > 0 && run.Append[0].FirstEventId == 1), "a new run without its first event");
        if (run.Current is { } current)
        {
            Require(seen.Add((run.Run.NamespaceId, run.Run.WorkflowId)), "a current run twice");
            Require(current.ExpectedRunId is null || IsUuid(current.ExpectedRunId), "a run id that is no UUID");
            Require(IsUuid(current.Now.RunId), "a run id that is no UUID");
            Text(current.Now.StartRequestId);
        }

        if (run.Visibility is { } row)
            Row(run.Run, row);
    }

    private static void Row(RunKey run, VisibilityRow row)
    {
        Require(row.Run == run, "the visibility of another run");
        Text(row.WorkflowType, row.TaskQueue, row.ParentWorkflowId, row.ParentRunId, row.RootWorkflowId, row.RootRunId);
        foreach (var (name, attribute) in row.SearchAttributes)
        {
            Require(SearchAttributeJson.IsWellFormed(attribute), $"search attribute {name} with a value that is not of type {attribute.Type}");
            Text(name);
        }
    }

    private static void Key(RunKey run) => Require(IsKey(run), "a run key that is not of UUIDs and text");

    private static void Text(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            Require(text is null || StorableText.IsStorable(text), "a text that is not UTF-8 without zero characters");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new StoreRejectedException($"A transaction cannot be stored: it has {otherwise}.");
    }
}
