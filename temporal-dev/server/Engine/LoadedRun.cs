using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Engine;

/// <summary>A run in memory. Touched under its workflow id's lock only.</summary>
internal sealed class LoadedRun(ExecutionState state, HistoryTail tail)
{
    /// <summary>The run.</summary>
    public ExecutionState State { get; } = state;

    /// <summary>Its latest events.</summary>
    public HistoryTail Tail { get; } = tail;

    /// <summary>Roughly what it occupies in memory.</summary>
    public long Bytes => State.ApproximateBytes + Tail.Bytes;
}
