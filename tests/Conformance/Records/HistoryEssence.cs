using Temporalio.Api.History.V1;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>What happened in a history, not in how many workflow tasks and in which order of independent events: how many there are of each type.</summary>
internal static class HistoryEssence
{
    /// <summary>One line for each type of event, workflow tasks aside.</summary>
    public static string Of(History history)
    {
        var counts = history.Events.GroupBy(e => e.EventType.ToString()).Where(g => !g.Key.StartsWith("WorkflowTask", StringComparison.Ordinal));
        return string.Join('\n', counts.Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
    }
}
