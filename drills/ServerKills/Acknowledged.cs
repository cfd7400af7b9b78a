using System.Collections.Concurrent;

namespace Settlement.Drills.ServerKills;

/// <summary>The callers' own book: what a server has said yes to, and what it left without an answer.</summary>
internal sealed class Acknowledged
{
    private readonly ConcurrentQueue<string> starts = new();
    private readonly ConcurrentQueue<(string WorkflowId, string Token)> signals = new();
    private readonly ConcurrentQueue<(string WorkflowId, string Token)> updates = new();
    private int unanswered;

    /// <summary>Workflows whose start was acknowledged.</summary>
    public IReadOnlyList<string> Starts => [.. starts];

    /// <summary>Signals that were acknowledged.</summary>
    public ILookup<string, string> Signals => signals.ToLookup(s => s.WorkflowId, s => s.Token, StringComparer.Ordinal);

    /// <summary>Updates whose result was seen.</summary>
    public ILookup<string, string> Updates => updates.ToLookup(u => u.WorkflowId, u => u.Token, StringComparer.Ordinal);

    /// <summary>Calls without an answer: their effect may or may not be there, but at most once.</summary>
    public int Unanswered => unanswered;

    public void Started(string workflowId) => starts.Enqueue(workflowId);

    public void Signalled(string workflowId, string token) => signals.Enqueue((workflowId, token));

    public void Updated(string workflowId, string token) => updates.Enqueue((workflowId, token));

    public void Lost() => Interlocked.Increment(ref unanswered);
}
