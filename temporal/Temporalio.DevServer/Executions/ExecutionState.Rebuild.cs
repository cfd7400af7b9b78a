using Temporalio.Api.History.V1;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Executions;

// From the store back into memory.
internal sealed partial class ExecutionState
{
    /// <summary>The run as it was after its last commit.</summary>
    /// <param name="stored">The run as stored.</param>
    /// <param name="events">All its events, in order.</param>
    public static ExecutionState Rebuild(StoredRun stored, IEnumerable<HistoryEvent> events) => throw new NotSupportedException();
}
