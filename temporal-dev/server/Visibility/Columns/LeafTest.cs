using System.Globalization;
using System.Text;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>
/// One condition of a filter, prepared once for a scan over many values. Says the same as <see cref="FilterEvaluator"/> without making an object of each value;
/// a test holds both to it.
/// </summary>
/// <param name="leaf">A comparison, BETWEEN, IN, IS NULL or STARTS_WITH.</param>
/// <param name="wanted">Whether rows are looked for where it is true, or where it is false. Where it is unknown it is neither.</param>
internal sealed class LeafTest(Filter leaf, bool wanted)
{
    /// <summary>Results that are kept for values which come again in each segment.</summary>
    private const int MaxKept = 4096;

    /// <summary>So many values are sooner compared one by one than by a hash.</summary>
    private const int FewValues = 8;

    private readonly Dictionary<object, bool> kept = [];
    private Predicate<long>? onNumber;
    private Predicate<double>? onDouble;
    private TextTest? onText;
    private IReadOnlySet<string>? elements;

    /// <summary>A test of a text in UTF-8. Its bytes sort as its code points do.</summary>
    public delegate bool TextTest(ReadOnlySpan<byte> text);

    /// <summary>Gets the field that it is about.</summary>
    public SearchField Field { get; } = leaf switch
    {
        Filter.Comparison comparison => comparison.Field,
        Filter.Between between => between.Field,
        Filter.In @in => @in.Field,
        Filter.IsNull isNull => isNull.Field,
        Filter.StartsWith prefix => prefix.Field,
        _ => throw new ArgumentException($"{leaf.GetType().Name} is no single condition.", nameof(leaf)),
    };

    /// <summary>Gets whether a row matches that has no value.</summary>
    public bool OfNothing { get; } = FilterEvaluator.Evaluate(leaf, null) == wanted;

    /// <summary>Gets the test of a whole number, or of the ticks of a time.</summary>
    public Predicate<long> OnNumber => onNumber ??= Wanted(Test<long>(Against, OneOf));

    /// <summary>Gets the test of a number with a fraction.</summary>
    public Predicate<double> OnDouble => onDouble ??= Wanted(Test<double>(expected => Against(ToDouble(expected)), values => values.Select(ToDouble).ToHashSet().Contains));

    /// <summary>Gets the test of a keyword.</summary>
    public TextTest OnText => onText ??= Text();

    /// <summary>Gets what a list must hold one of, or a text must have one of as a word; null for a condition that does not look into lists.</summary>
    public IReadOnlySet<string>? Elements => elements ??= leaf switch
    {
        Filter.Comparison comparison when Field.Type == Api.Enums.V1.IndexedValueType.Text => TextWords.Of((string)comparison.Value),
        Filter.Comparison comparison => new HashSet<string>(StringComparer.Ordinal) { (string)comparison.Value },
        Filter.In @in => @in.Values.Cast<string>().ToHashSet(StringComparer.Ordinal),
        _ => null,
    };

    /// <summary>Whether a row matches that holds one of <see cref="Elements"/>, or none of them.</summary>
    public bool OfHolding(bool holds) => (leaf is Filter.Comparison { Operator: ComparisonOperator.NotEqual } ? !holds : holds) == wanted;

    /// <summary>Whether a row matches that has this value; null is none.</summary>
    public bool Of(object? value)
    {
        if (value is null)
            return OfNothing;
        if (kept.TryGetValue(value, out var known))
            return known;
        var matches = FilterEvaluator.Evaluate(leaf, value) == wanted;
        if (kept.Count < MaxKept)
            kept.Add(value, matches);
        return matches;
    }

    /// <summary>The order of a whole number, or of ticks, against the filter's value.</summary>
    private static Func<long, int> Against(object expected) => expected switch
    {
        long number => actual => actual.CompareTo(number),
        DateTimeOffset time => actual => actual.CompareTo(time.UtcTicks),
        _ => Against(ToDouble(expected), actual => (double)actual),
    };

    private static Func<double, int> Against(double expected) => actual => actual.CompareTo(expected);

    private static Func<long, int> Against(double expected, Func<long, double> convert) => actual => convert(actual).CompareTo(expected);

    private static Predicate<long> OneOf(IReadOnlyList<object> values)
    {
        var exact = values.Where(v => v is not double).Select(v => v is DateTimeOffset time ? time.UtcTicks : (long)v).ToHashSet();
        var inexact = values.OfType<double>().ToHashSet();
        return actual => exact.Contains(actual) || inexact.Contains(actual);
    }

    private static double ToDouble(object number) => Convert.ToDouble(number, CultureInfo.InvariantCulture);

    private Predicate<T> Wanted<T>(Predicate<T> test) => wanted ? test : value => !test(value);

    private Predicate<T> Test<T>(Func<object, Func<T, int>> against, Func<IReadOnlyList<object>, Predicate<T>> oneOf)
    {
        switch (leaf)
        {
            case Filter.Comparison comparison:
                var (order, holds) = (against(comparison.Value), FilterEvaluator.Holds(comparison.Operator));
                return value => holds(order(value));
            case Filter.Between between:
                var (low, high) = (against(between.Low), against(between.High));
                return value => low(value) >= 0 && high(value) <= 0;
            case Filter.In @in:
                return oneOf(@in.Values);
            default:
                // IS NULL and STARTS_WITH, of a number that is there.
                return _ => false;
        }
    }

    private TextTest Text()
    {
        switch (leaf)
        {
            case Filter.Comparison { Operator: ComparisonOperator.Equal } comparison:
                var same = Utf8(comparison.Value);
                return text => text.SequenceEqual(same) == wanted;
            case Filter.Comparison comparison:
                var (other, holds) = (Utf8(comparison.Value), FilterEvaluator.Holds(comparison.Operator));
                return text => holds(text.SequenceCompareTo(other)) == wanted;
            case Filter.Between between:
                var (low, high) = (Utf8(between.Low), Utf8(between.High));
                return text => (text.SequenceCompareTo(low) >= 0 && text.SequenceCompareTo(high) <= 0) == wanted;
            case Filter.In @in:
                var values = @in.Values.Select(Utf8).ToHashSet(Utf8Comparer.Instance);
                if (values.Count <= FewValues)
                {
                    byte[][] few = [.. values];
                    return text => IsOneOf(few, text) == wanted;
                }

                var many = values.GetAlternateLookup<ReadOnlySpan<byte>>();
                return text => many.Contains(text) == wanted;
            case Filter.StartsWith prefix:
                var start = Utf8(prefix.Prefix);
                return text => text.StartsWith(start) == wanted;
            default:
                // IS NULL, of a text that is there.
                return _ => !wanted;
        }
    }

    private static bool IsOneOf(byte[][] values, ReadOnlySpan<byte> text)
    {
        foreach (var value in values)
        {
            if (text.SequenceEqual(value))
                return true;
        }

        return false;
    }

    private static byte[] Utf8(object text) => Encoding.UTF8.GetBytes((string)text);
}
