namespace Temporalio.DevServer.Executions;

/// <summary>The last request ids seen, oldest first. Bounded, because they are stored with every transition: a retry comes soon or never.</summary>
internal sealed class RequestIds
{
    public const int Max = 256;

    private readonly Queue<string> order = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> All => order;

    public bool Contains(string id) => known.Contains(id);

    /// <summary>Remembers an id; false if it is known.</summary>
    public bool Add(string id)
    {
        if (id.Length == 0)
            return true;
        if (!known.Add(id))
            return false;
        order.Enqueue(id);
        if (order.Count > Max)
            known.Remove(order.Dequeue());
        return true;
    }
}
