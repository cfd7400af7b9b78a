using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// A command that nothing answers: it is recorded, and that is all.
/// </summary>
/// <param name="recordedBy">Type of the recording event.</param>
/// <param name="command">The command in a few words, for messages.</param>
internal sealed class RecordedOnceMachine(EventType recordedBy, string command) : CommandMachine
{
    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        if (e.EventType != recordedBy)
        {
            throw Mismatch(e, command);
        }
    }
}
