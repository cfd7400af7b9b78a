namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>Keeps the first of many places in the order of listings, in little memory however many are offered.</summary>
/// <param name="after">Only those after this place, or null.</param>
/// <param name="limit">How many.</param>
internal sealed class FirstPlaces(PageToken? after, int limit)
{
    private const int Slack = 4096;

    private readonly List<PageToken> kept = [];
    private PageToken? last;

    /// <summary>Whether a place with this close order may be among the first: most are told apart by it alone.</summary>
    public bool MayTake(long closeOrder) => closeOrder >= (last?.CloseOrder ?? long.MinValue) && closeOrder <= (after?.CloseOrder ?? long.MaxValue);

    public void Offer(PageToken place)
    {
        if (last is { } end && place.CompareTo(end) >= 0)
            return;
        if (after is { } begin && place.CompareTo(begin) <= 0)
            return;
        kept.Add(place);
        if (kept.Count >= limit + Slack)
            Cut();
    }

    /// <summary>The first of all that were offered, in order.</summary>
    public IReadOnlyList<PageToken> Take()
    {
        Cut();
        return kept;
    }

    private void Cut()
    {
        kept.Sort();
        if (kept.Count < limit)
            return;
        kept.RemoveRange(limit, kept.Count - limit);
        last = limit == 0 ? null : kept[^1];
    }
}
