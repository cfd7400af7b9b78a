namespace Temporalio.DevServer.Engine;

/// <summary>
/// The latest events of a run that is in memory, so that what has just been written is not read back. Touched under the run's lock; the events themselves
/// never change.
/// </summary>
internal sealed class HistoryTail
{
    /// <summary>How much of one run is kept; older events are read from the store.</summary>
    private const int MaxBytes = 256 * 1024;

    private readonly Queue<(int Count, int Bytes)> batches = new();
    private readonly List<HistoryEvent> events = [];
    private int bytes;

    /// <summary>Roughly what it occupies.</summary>
    public int Bytes => bytes;

    /// <summary>Adds the events of a batch, which follow those before.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="size">Their serialised size.</param>
    public void Append(IReadOnlyList<HistoryEvent> batch, int size)
    {
        if (batch.Count == 0)
            return;
        events.AddRange(batch);
        batches.Enqueue((batch.Count, size));
        bytes += size;
        while (bytes > MaxBytes && batches.Count > 1)
        {
            var (count, oldest) = batches.Dequeue();
            events.RemoveRange(0, count);
            bytes -= oldest;
        }
    }

    /// <summary>The events from one id up to, not including, another; null if some of them are not here any more.</summary>
    public HistoryEvent[]? Slice(long from, long to)
    {
        if (from >= to)
            return [];
        if (events.Count == 0 || from < events[0].EventId || to > events[^1].EventId + 1)
            return null;
        var start = (int)(from - events[0].EventId);
        return [.. events[start..(int)(to - events[0].EventId)]];
    }
}
