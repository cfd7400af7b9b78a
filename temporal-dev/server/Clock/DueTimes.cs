namespace Temporalio.DevServer.Clock;

/// <summary>
/// When each key is due: one queue for the whole server, so that a hundred thousand waiting runs need one timer. Each key is in it at most once; all
/// operations take logarithmic time. Safe for concurrent calls.
/// </summary>
/// <typeparam name="TKey">What is due.</typeparam>
internal sealed class DueTimes<TKey>
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Entry> entries = [];
    private readonly SortedSet<Entry> queue = new(Comparer<Entry>.Create((a, b) => a.Due == b.Due ? a.Number.CompareTo(b.Number) : a.Due.CompareTo(b.Due)));
    private long number;

    /// <summary>Raised (on the caller's thread, outside the lock) when the earliest time has become earlier.</summary>
    public event Action? Earlier;

    /// <summary>How many keys have a time.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return entries.Count;
        }
    }

    /// <summary>The earliest time, or null.</summary>
    public DateTimeOffset? Earliest
    {
        get
        {
            lock (gate)
                return queue.Min?.Due;
        }
    }

    /// <summary>Says when a key is due; null takes it out.</summary>
    public void Set(TKey key, DateTimeOffset? due)
    {
        bool earlier;
        lock (gate)
        {
            if (entries.TryGetValue(key, out var known) && known.Due == due)
                return;
            var before = queue.Min?.Due;
            if (known is not null)
                Remove(known);
            if (due is { } time)
                queue.Add(entries[key] = new Entry(key, time, number++));
            earlier = queue.Min?.Due is { } first && !(first >= before);
        }

        if (earlier)
            Earlier?.Invoke();
    }

    /// <summary>Takes out a key that is due, the earliest first.</summary>
    public bool TryTake(DateTimeOffset now, out TKey key)
    {
        lock (gate)
        {
            if (queue.Min is not { } first || first.Due > now)
            {
                key = default!;
                return false;
            }

            key = first.Key;
            Remove(first);
            return true;
        }
    }

    private void Remove(Entry entry)
    {
        entries.Remove(entry.Key);
        queue.Remove(entry);
    }

    /// <summary>A key's place; the number tells apart what is due at the same time.</summary>
    private sealed record Entry(TKey Key, DateTimeOffset Due, long Number);
}
