using Temporalio.Api.History.V1;
using Temporalio.Exceptions;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// The life of one command: from the workflow's wish over the event that records it to the event that answers it.
/// </summary>
internal abstract class CommandMachine
{
    /// <summary>Gets a value indicating whether the wish was taken back before the server heard of it.</summary>
    internal bool CanceledBeforeSent { get; private protected set; }

    /// <summary>Takes the event that records the command, or one that answers it.</summary>
    /// <param name="e">Event.</param>
    /// <exception cref="WorkflowNondeterminismException">The event is not of this command.</exception>
    internal abstract void OnEvent(HistoryEvent e);

    /// <summary>The error for an event that belongs to something else.</summary>
    /// <param name="e">Event.</param>
    /// <param name="command">The command in a few words.</param>
    /// <returns>The exception.</returns>
    private protected static WorkflowNondeterminismException Mismatch(HistoryEvent e, string command) =>
        new($"[TMPRL1100] Nondeterminism error: history holds {e.Describe()} where the workflow now asks for {command}. " +
            "The workflow code has changed in a way that this run cannot follow, or does something that differs between runs");
}
