using System.Text.RegularExpressions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>A history without its workflow tasks and the numbers of its events: what happened, not in how many tasks.</summary>
internal static partial class HistoryEssence
{
    /// <summary>The lines that are left.</summary>
    public static string Of(History history)
    {
        var kept = new History { Events = { history.Events.Where(e => !IsTask(e.EventType)) } };
        // Ids are numbered by first appearance, which has to be looked at anew where lines are gone.
        return EventNumber().Replace(new Normaliser().Message(kept), string.Empty);
    }

    private static bool IsTask(EventType type) => type is EventType.WorkflowTaskScheduled or EventType.WorkflowTaskStarted or EventType.WorkflowTaskCompleted
        or EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut;

    [GeneratedRegex(@"^ *(\w+_)?(event_id|workflow_task_completed_id): \d+\n", RegexOptions.Multiline)]
    private static partial Regex EventNumber();
}
