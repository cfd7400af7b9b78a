using System.Collections.Concurrent;
using Temporalio.Activities;

namespace Settlement.Drills.ServerKills;

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
