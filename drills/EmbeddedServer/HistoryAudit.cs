using System.Collections.Concurrent;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Settlement.Drills.EmbeddedServer;

/// <summary>Reads one closed history as a bookkeeper: no gap, nothing that ends twice, nothing that ran more often than it says.</summary>
internal static class HistoryAudit
{
    /// <summary>Every breach in a history, readable.</summary>
    /// <param name="workflowId">Whose it is.</param>
    /// <param name="events">All its events.</param>
    /// <param name="ran">How often each attempt of each activity really began, as the worker counted.</param>
    public static IEnumerable<string> Breaches(string workflowId, IReadOnlyList<HistoryEvent> events, IReadOnlyDictionary<(string ActivityId, int Attempt), int> ran)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].EventId != i + 1)
                yield return $"{workflowId}: event {i + 1} has the id {events[i].EventId}";
        }

        foreach (var twice in events.Select(Ends).Where(e => e is not null).GroupBy(e => e).Where(g => g.Count() > 1))
            yield return $"{workflowId}: {twice.Key} ended {twice.Count()} times";
        foreach (var twice in ran.Where(r => r.Value > 1))
            yield return $"{workflowId}: attempt {twice.Key.Attempt} of activity {twice.Key.ActivityId} ran {twice.Value} times";
        foreach (var breach in events.SelectMany(e => Attempts(workflowId, events, e, ran)))
            yield return breach;
    }

    /// <summary>An activity that history says was started at attempt n ran at least once and at most n times.</summary>
    private static IEnumerable<string> Attempts(string workflowId, IReadOnlyList<HistoryEvent> events, HistoryEvent e, IReadOnlyDictionary<(string ActivityId, int Attempt), int> ran)
    {
        if (e.EventType != EventType.ActivityTaskStarted)
            yield break;
        var started = e.ActivityTaskStartedEventAttributes;
        var activity = events[(int)started.ScheduledEventId - 1].ActivityTaskScheduledEventAttributes.ActivityId;
        var beyond = ran.Keys.Where(r => r.ActivityId == activity && r.Attempt > started.Attempt).Select(r => r.Attempt).ToList();
        if (beyond.Count > 0)
            yield return $"{workflowId}: history says that activity {activity} ended at attempt {started.Attempt}, the worker also ran attempt {string.Join(", ", beyond)}";
        var completed = events.Any(c => c.EventType == EventType.ActivityTaskCompleted && c.ActivityTaskCompletedEventAttributes.ScheduledEventId == started.ScheduledEventId);
        if (completed && !ran.ContainsKey((activity, started.Attempt)))
            yield return $"{workflowId}: history says that attempt {started.Attempt} of activity {activity} completed, but it never ran";
    }

    /// <summary>What an event ends, if it ends something.</summary>
    private static string? Ends(HistoryEvent e) => e.EventType switch
    {
        EventType.ActivityTaskCompleted => $"activity scheduled at {e.ActivityTaskCompletedEventAttributes.ScheduledEventId}",
        EventType.ActivityTaskFailed => $"activity scheduled at {e.ActivityTaskFailedEventAttributes.ScheduledEventId}",
        EventType.ActivityTaskTimedOut => $"activity scheduled at {e.ActivityTaskTimedOutEventAttributes.ScheduledEventId}",
        EventType.TimerFired => $"timer started at {e.TimerFiredEventAttributes.StartedEventId}",
        EventType.WorkflowTaskCompleted => $"task scheduled at {e.WorkflowTaskCompletedEventAttributes.ScheduledEventId}",
        EventType.WorkflowExecutionUpdateCompleted => $"update {e.WorkflowExecutionUpdateCompletedEventAttributes.Meta.UpdateId}",
        EventType.WorkflowExecutionCompleted => "the workflow",
        _ => null,
    };
}

/// <summary>Activities that keep a book of their own of how often they really ran.</summary>
public sealed class KilledActivities
{
    private readonly ConcurrentQueue<(string WorkflowId, string ActivityId, int Attempt)> runs = new();

    /// <summary>Every run that began, in order.</summary>
    internal IReadOnlyList<(string WorkflowId, string ActivityId, int Attempt)> Runs => [.. runs];

    /// <summary>One step of a workflow.</summary>
    [Activity]
    public string Step(int step)
    {
        var info = ActivityExecutionContext.Current.Info;
        runs.Enqueue((info.WorkflowId!, info.ActivityId, info.Attempt));
        return $"step {step}";
    }
}
