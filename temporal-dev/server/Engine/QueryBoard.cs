using Temporalio.Api.Query.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>
/// Queries that wait for a workflow task to take them along, and queries that a worker has been asked directly. In memory only: whoever asks asks again.
/// </summary>
internal sealed class QueryBoard
{
    /// <summary>Queries that may wait at one run.</summary>
    public const int MaxBuffered = 100;

    private readonly Lock gate = new();
    private readonly Dictionary<RunKey, List<BufferedQuery>> buffered = [];
    private readonly Dictionary<string, DirectQuery> asked = new(StringComparer.Ordinal);

    /// <summary>Lets a query wait for the next workflow task; null if too many wait already.</summary>
    public BufferedQuery? Buffer(RunKey run, string id, WorkflowQuery query)
    {
        lock (gate)
        {
            if (!buffered.TryGetValue(run, out var list))
                buffered.Add(run, list = []);
            if (list.Count >= MaxBuffered)
                return null;
            var entry = new BufferedQuery(this, run, id, query);
            list.Add(entry);
            return entry;
        }
    }

    /// <summary>A workflow task goes to a worker: the queries it takes along.</summary>
    public IReadOnlyList<KeyValuePair<string, WorkflowQuery>> Attach(RunKey run)
    {
        lock (gate)
            return buffered.TryGetValue(run, out var list) ? [.. list.Select(q => KeyValuePair.Create(q.Id, q.Query))] : [];
    }

    /// <summary>A worker's answers, which came with a workflow task that is committed.</summary>
    public void Answer(RunKey run, IEnumerable<KeyValuePair<string, WorkflowQueryResult>> results)
    {
        lock (gate)
        {
            foreach (var (id, result) in results)
                buffered.GetValueOrDefault(run)?.FirstOrDefault(q => q.Id == id)?.End(result);
        }
    }

    /// <summary>No workflow task is coming that could take queries along: those who wait ask directly.</summary>
    public void Release(RunKey run)
    {
        lock (gate)
        {
            foreach (var query in buffered.GetValueOrDefault(run) ?? [])
                query.End(null);
        }
    }

    /// <summary>Notes that a worker is asked, so that its answer finds back.</summary>
    public DirectQuery Ask(DirectQuery query)
    {
        lock (gate)
            asked[query.Id] = query;
        return query;
    }

    /// <summary>The query of this id that is still waited for, or null. Its answer counts once.</summary>
    public DirectQuery? Take(string id)
    {
        lock (gate)
            return asked.Remove(id, out var query) ? query : null;
    }

    private void Leave(BufferedQuery query)
    {
        lock (gate)
        {
            if (!buffered.TryGetValue(query.Run, out var list))
                return;
            list.Remove(query);
            if (list.Count == 0)
                buffered.Remove(query.Run);
        }
    }

    /// <summary>A query that waits for a workflow task.</summary>
    internal sealed class BufferedQuery(QueryBoard board, RunKey run, string id, WorkflowQuery query) : IDisposable
    {
        private readonly TaskCompletionSource<WorkflowQueryResult?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RunKey Run { get; } = run;

        public string Id { get; } = id;

        public WorkflowQuery Query { get; } = query;

        /// <summary>The answer, or null: ask directly.</summary>
        public Task<WorkflowQueryResult?> Answer => answer.Task;

        public void End(WorkflowQueryResult? result) => answer.TrySetResult(result);

        public void Dispose() => board.Leave(this);
    }
}

/// <summary>A query that goes to a worker as a task of its own.</summary>
/// <param name="Id">Fresh; the task token holds it.</param>
/// <param name="Run">The run that is asked.</param>
/// <param name="Query">The question.</param>
/// <param name="WorkflowType">The run's type.</param>
/// <param name="TaskQueue">The run's queue.</param>
/// <param name="StickyQueue">The own queue of the worker that has the run in its cache, or null.</param>
/// <param name="PreviousStartedEventId">The last workflow task that was completed.</param>
/// <param name="HistoryTo">Stored events are shipped up to, not including, this id; a worker that polls its own queue gets none.</param>
internal sealed record DirectQuery(
    string Id, RunKey Run, WorkflowQuery Query, string WorkflowType, string TaskQueue, string? StickyQueue, long PreviousStartedEventId, long HistoryTo)
{
    private readonly TaskCompletionSource<RespondQueryTaskCompletedRequest> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the worker answers.</summary>
    public Task<RespondQueryTaskCompletedRequest> Answer => answer.Task;

    public void End(RespondQueryTaskCompletedRequest request) => answer.TrySetResult(request);
}
