using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Storage;

/// <summary>Writes for tests.</summary>
internal static class Sample
{
    public const string NamespaceId = "11111111-1111-1111-1111-111111111111";

    public static readonly DateTimeOffset Start = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    public static RunKey Run(string workflowId = "w", string namespaceId = NamespaceId) => new(namespaceId, workflowId, Guid.NewGuid().ToString("D"));

    public static HistoryEventBatch Batch(long first, int count, int bytes = 3) => new(first, count, [.. Enumerable.Range(0, bytes).Select(i => (byte)(first + i))]);

    public static VisibilityRow Row(RunKey run) => new()
    {
        Run = run,
        WorkflowType = "Settle",
        TaskQueue = "q",
        Status = WorkflowExecutionStatus.Running,
        StartTime = Start,
        ExecutionTime = Start,
    };

    /// <summary>The first write of a run: two events, live, current of its workflow id.</summary>
    public static RunWrite New(RunKey run, string? replacing = null) => new(
        run, 0, [Batch(1, 2)], [9], IsLive: true, NextDue: null, HasTasks: true, Row(run), new CurrentRunChange(replacing, new CurrentRun(run.RunId, WorkflowExecutionStatus.Running, "request", Start)), RetainUntil: null);

    /// <summary>A later write with no events.</summary>
    public static RunWrite Next(RunKey run, long version, params HistoryEventBatch[] append) =>
        new(run, version, append, [(byte)version], IsLive: true, NextDue: null, HasTasks: false, Visibility: null, Current: null, RetainUntil: null);

    public static ValueTask CommitAsync(this IStore store, params RunWrite[] runs) => store.CommitAsync(new StoreTransaction { Runs = runs }, CancellationToken.None);

    public static ValueTask CommitAsync(this IStore store, DocumentWrite document) => store.CommitAsync(new StoreTransaction { Documents = [document] }, CancellationToken.None);
}
