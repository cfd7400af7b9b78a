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
    private readonly Dictionary<TKey, int> positions = [];
    private readonly List<(TKey Key, DateTimeOffset Due)> heap = [];

    /// <summary>Raised (on the caller's thread, outside the lock) when the earliest time has become earlier.</summary>
    public event Action? Earlier;

    /// <summary>How many keys have a time.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return heap.Count;
        }
    }

    /// <summary>The earliest time, or null.</summary>
    public DateTimeOffset? Earliest
    {
        get
        {
            lock (gate)
                return heap.Count == 0 ? null : heap[0].Due;
        }
    }

    /// <summary>Says when a key is due; null takes it out.</summary>
    public void Set(TKey key, DateTimeOffset? due)
    {
        bool earlier;
        lock (gate)
        {
            var before = heap.Count == 0 ? DateTimeOffset.MaxValue : heap[0].Due;
            if (due is { } time)
                Put(key, time);
            else if (positions.TryGetValue(key, out var position))
                RemoveAt(position);
            earlier = heap.Count > 0 && heap[0].Due < before;
        }

        if (earlier)
            Earlier?.Invoke();
    }

    /// <summary>Takes out a key that is due, the earliest first.</summary>
    public bool TryTake(DateTimeOffset now, out TKey key)
    {
        lock (gate)
        {
            if (heap.Count == 0 || heap[0].Due > now)
            {
                key = default!;
                return false;
            }

            key = heap[0].Key;
            RemoveAt(0);
            return true;
        }
    }

    private void Put(TKey key, DateTimeOffset due)
    {
        if (positions.TryGetValue(key, out var position))
        {
            heap[position] = (key, due);
            Up(position);
            Down(positions[key]);
            return;
        }

        heap.Add((key, due));
        positions[key] = heap.Count - 1;
        Up(heap.Count - 1);
    }

    private void RemoveAt(int position)
    {
        positions.Remove(heap[position].Key);
        var last = heap[^1];
        heap.RemoveAt(heap.Count - 1);
        if (position == heap.Count)
            return;
        heap[position] = last;
        positions[last.Key] = position;
        Up(position);
        Down(positions[last.Key]);
    }

    private void Up(int position)
    {
        while (position > 0 && heap[(position - 1) / 2].Due > heap[position].Due)
        {
            Swap(position, (position - 1) / 2);
            position = (position - 1) / 2;
        }
    }

    private void Down(int position)
    {
        while (true)
        {
            var child = (2 * position) + 1;
            if (child + 1 < heap.Count && heap[child + 1].Due < heap[child].Due)
                child++;
            if (child >= heap.Count || heap[child].Due >= heap[position].Due)
                return;
            Swap(position, child);
            position = child;
        }
    }

    private void Swap(int a, int b)
    {
        (heap[a], heap[b]) = (heap[b], heap[a]);
        positions[heap[a].Key] = a;
        positions[heap[b].Key] = b;
    }
}
