namespace Temporalio.DevServer.Visibility;

/// <summary>A list filter with its names and values resolved: what an evaluator or a translator walks over.</summary>
internal abstract record Filter
{
    /// <summary>Matches everything: the empty filter.</summary>
    public sealed record All : Filter;

    public sealed record And(Filter Left, Filter Right) : Filter;

    public sealed record Or(Filter Left, Filter Right) : Filter;

    public sealed record Not(Filter Inner) : Filter;

    /// <summary>Value of the field, compared. On a list of keywords and on a text only <c>=</c> ("contains", "has one of the words") and its opposite exist.</summary>
    public sealed record Comparison(SearchField Field, ComparisonOperator Operator, object Value) : Filter;

    /// <summary>Both bounds belong to the range.</summary>
    public sealed record Between(SearchField Field, object Low, object High) : Filter;

    public sealed record In(SearchField Field, IReadOnlyList<object> Values) : Filter;

    public sealed record IsNull(SearchField Field) : Filter;

    public sealed record StartsWith(SearchField Field, string Prefix) : Filter;
}
