using System.Globalization;

namespace Temporalio.DevServer.Visibility;

/// <summary>
/// Decides in memory whether a record matches a filter. As in SQL, a comparison with a value that is not there is neither true nor false, and
/// only what is true matches.
/// </summary>
internal static class FilterEvaluator
{
    /// <param name="filter">What to match.</param>
    /// <param name="value">The record's value of a field: string, long, double, bool, DateTimeOffset, a list of strings, or null. An execution status is its number.</param>
    public static bool Matches(Filter filter, Func<SearchField, object?> value) => Evaluate(filter, value) == true;

    /// <summary>What the operator asks of the order of the actual value against the filter's.</summary>
    private static Func<int, bool> Holds(ComparisonOperator @operator) => @operator switch
    {
        ComparisonOperator.Equal => order => order == 0,
        ComparisonOperator.NotEqual => order => order != 0,
        ComparisonOperator.Less => order => order < 0,
        ComparisonOperator.LessOrEqual => order => order <= 0,
        ComparisonOperator.Greater => order => order > 0,
        _ => order => order >= 0,
    };

    private static bool? Evaluate(Filter filter, Func<SearchField, object?> value) => filter switch
    {
        Filter.All => true,
        Filter.And both => Both(Evaluate(both.Left, value), Evaluate(both.Right, value)),
        Filter.Or either => !Both(!Evaluate(either.Left, value), !Evaluate(either.Right, value)),
        Filter.Not not => !Evaluate(not.Inner, value),
        Filter.IsNull isNull => value(isNull.Field) is null,
        Filter.Comparison comparison => Compare(value(comparison.Field), comparison),
        Filter.Between between => Both(
            Ordered(value(between.Field), between.Low, order => order >= 0),
            Ordered(value(between.Field), between.High, order => order <= 0)),
        Filter.In @in => In(value(@in.Field), @in),
        Filter.StartsWith prefix => Any(value(prefix.Field), text => text.StartsWith(prefix.Prefix, StringComparison.Ordinal)),
        _ => throw new InvalidOperationException($"Unknown filter {filter.GetType().Name}."),
    };

    /// <summary>Three-valued "and": false wins over unknown.</summary>
    private static bool? Both(bool? left, bool? right) => left == false || right == false ? false : left is null || right is null ? null : true;

    private static bool? Compare(object? actual, Filter.Comparison comparison)
    {
        // As on the real server: what has no list or text at all has none that holds the value.
        if (comparison.Field.Type is IndexedValueType.KeywordList or IndexedValueType.Text)
            return Holds(actual, (string)comparison.Value) == (comparison.Operator == ComparisonOperator.Equal);
        return Ordered(actual, comparison.Value, Holds(comparison.Operator));
    }

    private static bool Holds(object? actual, string value) => actual switch
    {
        IReadOnlyList<string> list => list.Contains(value, StringComparer.Ordinal),
        string text => TextWords.Of(text).Overlaps(TextWords.Of(value)),
        _ => false,
    };

    private static bool? In(object? actual, Filter.In @in)
    {
        if (@in.Field.Type == IndexedValueType.KeywordList)
            return @in.Values.Any(v => Holds(actual, (string)v));
        return actual is null ? null : @in.Values.Any(v => Ordered(actual, v, order => order == 0) == true);
    }

    private static bool? Any(object? actual, Func<string, bool> test) => actual is string text ? test(text) : null;

    private static bool? Ordered(object? actual, object expected, Func<int, bool> test) => (actual, expected) switch
    {
        (null, _) => null,
        (string left, string right) => test(CompareCodePoints(left, right)),
        (DateTimeOffset left, DateTimeOffset right) => test(left.CompareTo(right)),
        (bool left, bool right) => test(left.CompareTo(right)),
        (long left, long right) => test(left.CompareTo(right)),
        (IConvertible left, IConvertible right) => test(left.ToDouble(CultureInfo.InvariantCulture).CompareTo(right.ToDouble(CultureInfo.InvariantCulture))),
        _ => null,
    };

    /// <summary>
    /// The order of code points, which is that of UTF-8 bytes and of PostgreSQL's collation "C". .NET's ordinal order compares UTF-16 units, which puts
    /// the characters beyond U+FFFF (pairs of units from U+D800) before U+E000.
    /// </summary>
    private static int CompareCodePoints(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length.CompareTo(right.Length);
        return Rank(left[same]).CompareTo(Rank(right[same]));

        static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
