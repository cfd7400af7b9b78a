namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>
/// A filter made ready for a scan. As in <see cref="SqlTranslator"/> NOT is pushed down to the single conditions, each of which says where it is true or where it
/// is false: so sets of rows need no third value for "unknown". One instance serves one scan.
/// </summary>
internal sealed class RowScan
{
    private readonly Filter filter;
    private readonly Node root;

    public RowScan(Filter filter) => (this.filter, root) = (filter, Prepare(filter, wanted: true));

    /// <summary>The rows of a segment that match, dead ones among them.</summary>
    public RowSet Of(Segment segment) => root.Match(segment);

    /// <summary>Whether a row matches that is not in a segment.</summary>
    public bool Of(VisibilityRow row) => FilterEvaluator.Matches(filter, row.Value);

    private static Node Prepare(Filter filter, bool wanted) => filter switch
    {
        Filter.All => new Every(wanted),
        Filter.Not not => Prepare(not.Inner, !wanted),
        Filter.And both => new Joined(Prepare(both.Left, wanted), Prepare(both.Right, wanted), IsAnd: wanted),
        Filter.Or either => new Joined(Prepare(either.Left, wanted), Prepare(either.Right, wanted), IsAnd: !wanted),
        _ => new Leaf(new LeafTest(filter, wanted)),
    };

    private abstract record Node
    {
        public abstract RowSet Match(Segment segment);
    }

    private sealed record Every(bool Matches) : Node
    {
        public override RowSet Match(Segment segment) => Matches ? RowSet.All(segment.Rows) : RowSet.None(segment.Rows);
    }

    private sealed record Joined(Node Left, Node Right, bool IsAnd) : Node
    {
        public override RowSet Match(Segment segment)
        {
            var found = Left.Match(segment);
            if (!IsAnd)
                found.UnionWith(Right.Match(segment));
            else if (!found.IsEmpty)
                found.IntersectWith(Right.Match(segment));
            return found;
        }
    }

    private sealed record Leaf(LeafTest Test) : Node
    {
        public override RowSet Match(Segment segment)
        {
            if (segment.Column(Test.Field) is not { } column)
                return Test.OfNothing ? RowSet.All(segment.Rows) : RowSet.None(segment.Rows);
            var found = RowSet.None(segment.Rows);
            column.Match(Test, found);
            return found;
        }
    }
}
