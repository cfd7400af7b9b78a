using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Executions;

// From the store back into memory.
internal sealed partial class ExecutionState
{
    /// <summary>The run as it was after its last commit.</summary>
    /// <param name="stored">The run as stored.</param>
    /// <param name="events">All its events, in order.</param>
    /// <exception cref="InvalidDataException">Events are missing or not in order.</exception>
    public static ExecutionState Rebuild(StoredRun stored, IEnumerable<HistoryEvent> events)
    {
        var state = new ExecutionState(stored.Run) { Version = stored.Version };
        foreach (var e in events)
        {
            if (e.EventId != state.NextEventId || (e.EventId == 1) != (e.EventType == EventType.WorkflowExecutionStarted))
                throw new InvalidDataException($"Run {stored.Run.RunId} has event {e.EventId} ({e.EventType}) where {state.NextEventId} is due.");
            state.NextEventId++;
            state.Apply(e);
        }

        if (state.NextEventId != stored.NextEventId)
            throw new InvalidDataException($"Run {stored.Run.RunId} has {state.NextEventId - 1} events where {stored.NextEventId - 1} are stored.");
        state.ReadExtras(Temporalio.DevServer.Executions.Extras.Parser.ParseFrom(stored.Extras));
        return state;
    }
}
