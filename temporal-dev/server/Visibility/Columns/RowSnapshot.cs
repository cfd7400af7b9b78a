using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>The rows of a namespace at one moment.</summary>
/// <param name="Segments">Columns, and which of their rows still stand.</param>
/// <param name="Newest">Rows that fill no segment yet.</param>
internal sealed record RowSnapshot((Segment Segment, RowSet Standing)[] Segments, VisibilityRow[] Newest)
{
    public static readonly RowSnapshot Empty = new([], []);

    /// <summary>How many rows match, of each status.</summary>
    public VisibilityCount Count(Filter filter, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<WorkflowExecutionStatus, long>();
        var scan = new RowScan(filter);
        foreach (var row in Newest.Where(scan.Of))
            counts[row.Status] = counts.GetValueOrDefault(row.Status) + 1;
        foreach (var (segment, standing) in Segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = scan.Of(segment);
            found.IntersectWith(standing);
            segment.Tally(found, counts);
        }

        return new VisibilityCount([.. counts.Where(c => c.Value > 0).OrderBy(c => c.Key)]);
    }

    /// <summary>The first places that match, in the order of listings.</summary>
    /// <param name="filter">What to match.</param>
    /// <param name="after">Where the last page ended, or null.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public IReadOnlyList<PageToken> List(Filter filter, PageToken? after, int limit, CancellationToken cancellationToken)
    {
        var first = new FirstPlaces(after, limit);
        var scan = new RowScan(filter);
        foreach (var row in Newest.Where(scan.Of))
            first.Offer(PageToken.After(row));
        // What came last stands first in most listings: the sooner the good ones are known, the fewer are looked at closely.
        foreach (var (segment, standing) in Segments.Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = scan.Of(segment);
            found.IntersectWith(standing);
            var closes = segment.CloseOrders;
            foreach (var row in found)
            {
                if (first.MayTake(closes[row]))
                    first.Offer(segment.Place(row));
            }
        }

        return first.Take();
    }
}
