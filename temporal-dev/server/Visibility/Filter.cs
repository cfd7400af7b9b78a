namespace Temporalio.DevServer.Visibility;

/// <summary>A list filter with its names and values resolved: what an evaluator or a translator walks over.</summary>
internal abstract record Filter
{
    /// <summary>Matches everything: the empty filter.</summary>
    public sealed record All : Filter;

    public sealed record And(Filter Left, Filter Right) : Filter;

    public sealed record Or(Filter Left, Filter Right) : Filter;

    public sealed record Not(Filter Inner) : Filter;

    /// <summary>One condition on one field.</summary>
    public abstract record Leaf(SearchField Field) : Filter;

    /// <summary>Value of the field, compared. On a list of keywords and on a text only <c>=</c> ("contains", "has one of the words") and its opposite exist.</summary>
    public sealed record Comparison(SearchField Field, ComparisonOperator Operator, object Value) : Leaf(Field);

    /// <summary>Both bounds belong to the range.</summary>
    public sealed record Between(SearchField Field, object Low, object High) : Leaf(Field);

    public sealed record In(SearchField Field, IReadOnlyList<object> Values) : Leaf(Field);

    public sealed record IsNull(SearchField Field) : Leaf(Field);

    public sealed record StartsWith(SearchField Field, string Prefix) : Leaf(Field);
}

/// <summary>The ordering operators of a list filter.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>A name that a filter may use.</summary>
/// <param name="Name">As written in the filter.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsSystem">True for what every execution has of itself, false for a search attribute that was registered or predefined.</param>
internal record SearchField(string Name, IndexedValueType Type, bool IsSystem);

/// <summary>A filter within one namespace.</summary>
internal sealed record VisibilityQuery(string NamespaceId, Filter Filter)
{
    private static readonly SearchField Division = SystemFields.Predefined[SystemFields.NamespaceDivision];

    /// <summary>As the real server does: what the server keeps for itself in a division is seen only by those who ask for a division.</summary>
    public static VisibilityQuery OfUsers(string namespaceId, Filter filter) =>
        new(namespaceId, Mentions(filter, Division) ? filter : new Filter.And(filter, new Filter.IsNull(Division)));

    private static bool Mentions(Filter filter, SearchField field) => filter switch
    {
        Filter.And both => Mentions(both.Left, field) || Mentions(both.Right, field),
        Filter.Or either => Mentions(either.Left, field) || Mentions(either.Right, field),
        Filter.Not not => Mentions(not.Inner, field),
        Filter.Leaf leaf => leaf.Field.Name == field.Name,
        _ => false,
    };
}
