namespace Temporalio.DevServer.Storage;

/// <summary>Whole batches in the order asked for.</summary>
/// <param name="Batches">At least one if there is any, however large.</param>
/// <param name="Continue">The event id to ask for next, or null at the end.</param>
internal sealed record EventPage(IReadOnlyList<HistoryEventBatch> Batches, long? Continue);

/// <summary>Cuts batches into pages by size.</summary>
internal static class EventPages
{
    /// <summary>Takes batches until they reach the size, at least one.</summary>
    /// <param name="batches">In the order asked for.</param>
    /// <param name="maxBytes">Where to stop.</param>
    /// <param name="next">What to ask for after this batch, or null if it is the last.</param>
    public static EventPage Fill(IEnumerable<HistoryEventBatch> batches, int maxBytes, Func<HistoryEventBatch, long?> next)
    {
        var page = new List<HistoryEventBatch>();
        var bytes = 0L;
        foreach (var batch in batches)
        {
            page.Add(batch);
            bytes += batch.Events.Length;
            if (bytes >= maxBytes)
                break;
        }

        return new EventPage(page, page.Count == 0 ? null : next(page[^1]));
    }

    /// <summary>What to ask for after a batch when reading backwards.</summary>
    public static long? Before(HistoryEventBatch batch) => batch.FirstEventId > 1 ? batch.FirstEventId - 1 : null;
}
