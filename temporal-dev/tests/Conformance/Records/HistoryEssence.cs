using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>
/// What happened in a history, not in how many workflow tasks and in which order of independent events: every other event with all it says, in no order.
/// Events that it refers to go by type and number, not by id.
/// </summary>
internal static class HistoryEssence
{
    private static readonly HashSet<EventType> OfTasks =
    [
        EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted, EventType.WorkflowTaskFailed, EventType.WorkflowTaskTimedOut,
    ];

    /// <summary>One line for each type of event, workflow tasks aside: how many there are.</summary>
    public static string Counts(History history) =>
        string.Join('\n', Essential(history).GroupBy(e => e.EventType).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));

    /// <summary>All events but those of workflow tasks, as text.</summary>
    public static string Of(History history)
    {
        var seen = new Dictionary<EventType, int>();
        var names = new Dictionary<long, string>();
        foreach (var e in Essential(history))
        {
            seen[e.EventType] = seen.GetValueOrDefault(e.EventType) + 1;
            names[e.EventId] = $"({e.EventType} {seen[e.EventType]})";
        }
        return Normaliser.InNoOrder(Essential(history), id => names.GetValueOrDefault(id, "(workflow task)"));
    }

    private static IEnumerable<HistoryEvent> Essential(History history) => history.Events.Where(e => !OfTasks.Contains(e.EventType));
}
