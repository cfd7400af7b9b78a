namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>
/// All visibility rows of one namespace: segments that never change, each with the set of its rows that still stand, and the newest rows as they are, until they
/// fill a segment. A row that changes leaves its segment and is new again. Not safe for concurrent use; <see cref="Snapshot"/> is what readers get.
/// </summary>
internal sealed class NamespaceRows(string namespaceId)
{
    /// <summary>A segment with fewer than one in this many left is emptied, so that few open runs do not hold the memory of many ended ones.</summary>
    private const int EmptiedBelow = 4;

    /// <summary>What a row takes that is not in a segment yet, roughly.</summary>
    private const long RowBytes = 1500;

    private readonly List<(Segment Segment, RowSet Standing)> segments = [];
    private readonly List<VisibilityRow> newest = [];
    private readonly Dictionary<Guid, int> places = [];
    private long segmentBytes;

    /// <summary>Gets how much memory they take, roughly.</summary>
    public long Bytes => segmentBytes + (newest.Count * RowBytes);

    public bool IsEmpty => segments.Count == 0 && newest.Count == 0;

    /// <summary>Puts a row in, in place of the run's old one.</summary>
    /// <param name="row">The row; its memo is not kept.</param>
    /// <param name="isNew">Whether it is known that the run has none yet.</param>
    public void Put(VisibilityRow row, bool isNew)
    {
        var id = Id(row.Run.RunId);
        row = row.Memo.Length == 0 ? row : row with { Memo = [] };
        if (places.TryGetValue(id, out var place))
        {
            newest[place] = row;
            return;
        }

        if (!isNew)
            Leave(id);
        places.Add(id, newest.Count);
        newest.Add(row);
        if (newest.Count == Segment.Capacity)
            Seal();
    }

    /// <summary>Takes a run's row out, if it has one.</summary>
    public void Remove(string runId)
    {
        var id = Id(runId);
        if (!places.Remove(id, out var place))
        {
            Leave(id);
            return;
        }

        var last = newest[^1];
        newest.RemoveAt(newest.Count - 1);
        if (place == newest.Count)
            return;
        newest[place] = last;
        places[Id(last.Run.RunId)] = place;
    }

    /// <summary>The rows as they are now, for one scan, whatever happens meanwhile.</summary>
    public RowSnapshot Snapshot() => new([.. segments], [.. newest]);

    private static Guid Id(string runId) => Guid.ParseExact(runId, "D");

    private void Seal()
    {
        var segment = new Segment(namespaceId, newest);
        segments.Add((segment, RowSet.All(segment.Rows)));
        segmentBytes += segment.Bytes;
        newest.Clear();
        places.Clear();
    }

    /// <summary>Marks a row of a segment as gone; gives up the segment when little is left in it.</summary>
    private void Leave(Guid id)
    {
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            var (segment, standing) = segments[i];
            var row = segment.Find(id);
            if (row < 0 || !standing.Has(row))
                continue;
            standing = standing.Without(row);
            segments[i] = (segment, standing);
            if (standing.Count < segment.Rows / EmptiedBelow)
                Empty(i);
            return;
        }
    }

    private void Empty(int index)
    {
        var (segment, standing) = segments[index];
        segments.RemoveAt(index);
        segmentBytes -= segment.Bytes;
        foreach (var row in standing)
            Put(segment.Row(row), isNew: true);
    }
}
