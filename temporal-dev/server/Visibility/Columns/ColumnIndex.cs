using System.Threading.Channels;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>
/// What filters see of every run, in memory and by column, so that a list or count takes milliseconds whatever the filter asks (ADR 0013). It holds nothing
/// that the store does not: it is loaded from there, and then follows each commit. Until it is loaded, and where it would take too much
/// memory, it answers nothing and the store is asked instead. Safe for concurrent use.
/// </summary>
/// <param name="maxBytes">How much memory it may take, roughly; 0 for no index.</param>
internal sealed class ColumnIndex(long maxBytes)
{
    /// <summary>Changes that are kept while the index is loaded; with more it is given up.</summary>
    private const int MaxPending = 200_000;

    private readonly Lock gate = new();
    private readonly Channel<ColumnLoad> wanted = Channel.CreateBounded<ColumnLoad>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private Dictionary<string, NamespaceRows>? rows;
    private ColumnLoad? load;
    private List<RowChange> pending = [];

    /// <summary>Gets whether it answers.</summary>
    public bool IsReady
    {
        get
        {
            lock (gate)
                return rows is not null;
        }
    }

    /// <summary>Gets the loads that somebody has to do: one after each <see cref="Reset"/>.</summary>
    public ChannelReader<ColumnLoad> Wanted => wanted.Reader;

    /// <summary>Gets how much memory it may take.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>Forgets everything and asks to be loaded. It must be told of everything that is committed from now on.</summary>
    public void Reset()
    {
        if (maxBytes == 0)
            return;
        lock (gate)
        {
            rows = null;
            pending = [];
            load = new ColumnLoad(this);
            wanted.Writer.TryWrite(load);
        }
    }

    /// <summary>Follows a commit. In the order of commits.</summary>
    public void Apply(IEnumerable<RowChange> changes)
    {
        lock (gate)
        {
            if (rows is not null)
            {
                foreach (var change in changes)
                    Move(rows, change);
                GiveUpIfTooLarge();
            }
            else if (load is not null)
            {
                pending.AddRange(changes);
                if (pending.Count > MaxPending)
                    GiveUp();
            }
        }
    }

    /// <summary>The namespace's rows as they are after the last commit, or null if the index cannot tell.</summary>
    public RowSnapshot? Snapshot(string namespaceId)
    {
        lock (gate)
            return rows is null ? null : rows.TryGetValue(namespaceId, out var found) ? found.Snapshot() : RowSnapshot.Empty;
    }

    /// <summary>Takes over what was loaded, if it is still what is waited for, and brings it up to date.</summary>
    public void Complete(ColumnLoad loaded)
    {
        lock (gate)
        {
            if (loaded != load)
                return;
            load = null;
            rows = loaded.Rows;
            // Some of it is in what was loaded already: then the same once more.
            foreach (var change in pending)
                Move(rows, change with { IsNew = false });
            pending = [];
            GiveUpIfTooLarge();
        }
    }

    /// <summary>Stays without until the next <see cref="Reset"/>.</summary>
    public void GiveUp()
    {
        lock (gate)
            (rows, load, pending) = (null, null, []);
    }

    private static void Move(Dictionary<string, NamespaceRows> rows, RowChange change)
    {
        var id = change.Run.NamespaceId;
        if (!rows.TryGetValue(id, out var space))
            rows.Add(id, space = new NamespaceRows(id));
        if (change.Row is { } row)
            space.Put(row, change.IsNew);
        else
            space.Remove(change.Run.RunId);
        if (space.IsEmpty)
            rows.Remove(id);
    }

    private void GiveUpIfTooLarge()
    {
        if (rows!.Values.Sum(r => r.Bytes) > maxBytes)
            GiveUp();
    }
}
