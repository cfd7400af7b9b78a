using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// The events of a history that a run has not applied yet, handed out workflow task by workflow task. The last event is
/// the last of the history: whoever fills the queue has fetched all pages.
/// </summary>
/// <param name="events">Events in order.</param>
/// <param name="previousStartedEventId">Start of the last workflow task that was completed, 0 if none was.</param>
internal sealed class HistoryQueue(IReadOnlyList<HistoryEvent> events, long previousStartedEventId)
{
    private int next;

    /// <summary>Gets the id of the event that started the last workflow task that was completed, 0 if none was.</summary>
    internal long PreviousStartedEventId { get; } = previousStartedEventId;

    /// <summary>Gets a value indicating whether all events have been taken.</summary>
    internal bool IsEmpty => next >= events.Count;

    /// <summary>Takes the events up to the start of the next workflow task that counts.</summary>
    /// <param name="afterEventId">Events up to this one are skipped.</param>
    /// <returns>Events in order, empty at the end of history.</returns>
    internal IReadOnlyList<HistoryEvent> TakeNext(long afterEventId)
    {
        SkipTo(afterEventId);
        if (IsEmpty)
        {
            return [];
        }
        var end = FindEnd(afterEventId);
        var taken = new List<HistoryEvent>(end - next + 1);
        for (; next <= end; next++)
        {
            taken.Add(events[next]);
        }
        return taken;
    }

    /// <summary>The events that <see cref="TakeNext"/> would return, without taking them.</summary>
    /// <param name="afterEventId">Events up to this one are skipped.</param>
    /// <returns>Events in order.</returns>
    internal IEnumerable<HistoryEvent> PeekNext(long afterEventId)
    {
        if (IsEmpty)
        {
            yield break;
        }
        var end = FindEnd(afterEventId);
        for (var i = next; i <= end; i++)
        {
            yield return events[i];
        }
    }

    /// <summary>The next completion of a workflow task that has not been taken.</summary>
    /// <returns>Its attributes, null if there is none.</returns>
    internal WorkflowTaskCompletedEventAttributes? PeekNextCompleted()
    {
        for (var i = next; i < events.Count; i++)
        {
            if (events[i].EventType == EventType.WorkflowTaskCompleted)
            {
                return events[i].WorkflowTaskCompletedEventAttributes;
            }
        }
        return null;
    }

    private static bool UndoesStart(HistoryEvent e) => e.EventType is
        EventType.WorkflowTaskFailed or
        EventType.WorkflowTaskTimedOut or
        EventType.WorkflowExecutionTimedOut or
        EventType.WorkflowExecutionTerminated or
        EventType.WorkflowExecutionCanceled;

    private void SkipTo(long afterEventId)
    {
        while (!IsEmpty && events[next].EventId <= afterEventId)
        {
            next++;
        }
    }

    // A workflow task begins with its Started event, so that is where the events for the task end. Not all of them count:
    // failed and timed-out ones were never seen by the workflow, and one that was completed without commands and followed
    // by another at once only kept the task alive while local activities ran.
    private int FindEnd(long afterEventId)
    {
        var sawCommand = false;
        var sawCommandOrStart = false;
        var starts = new List<(long EventId, int Index)>();
        for (var i = next; i < events.Count; i++)
        {
            var e = events[i];
            if (e.EventId <= afterEventId)
            {
                continue;
            }
            sawCommand |= e.IsCommandEvent();
            sawCommandOrStart |= sawCommand || e.EventType == EventType.WorkflowExecutionStarted;
            if (e.IsTerminal())
            {
                return i;
            }
            if (e.EventType != EventType.WorkflowTaskStarted)
            {
                continue;
            }
            var following = At(i + 1);
            if (following != null && UndoesStart(following))
            {
                continue;
            }
            starts.Add((e.EventId, i));
            if (following?.EventType == EventType.WorkflowTaskCompleted && At(i + 2) is { } second)
            {
                if (!sawCommand && second.EventType == EventType.WorkflowTaskScheduled)
                {
                    continue;
                }
                return EndBeforeUpdate(second, starts) ?? i;
            }
            if (sawCommandOrStart)
            {
                return i;
            }
        }
        return events.Count - 1;
    }

    // An update was handled in the task after the event that it was sequenced behind, which may be one that kept the task
    // alive. To handle it there again, that task must count after all.
    private static int? EndBeforeUpdate(HistoryEvent e, List<(long EventId, int Index)> starts)
    {
        if (e.EventType != EventType.WorkflowExecutionUpdateAccepted)
        {
            return null;
        }
        var sequencedBehind = e.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequestSequencingEventId;
        for (var i = starts.Count - 1; i >= 0; i--)
        {
            if (starts[i].EventId < sequencedBehind)
            {
                return starts[i].Index;
            }
        }
        return null;
    }

    private HistoryEvent? At(int index) => index < events.Count ? events[index] : null;
}
