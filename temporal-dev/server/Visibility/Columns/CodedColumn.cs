namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>A column of few different values: each is kept, and tested, once.</summary>
internal sealed class CodedColumn : Column
{
    /// <summary>More different values than this are kept one by one.</summary>
    public const int MaxValues = 256;

    private readonly object?[] values;

    /// <summary>For each row the place of its value; null where all rows have the same.</summary>
    private readonly byte[]? codes;

    private readonly int rows;

    private CodedColumn(object?[] values, byte[]? codes, int rows) => (this.values, this.codes, this.rows) = (values, codes, rows);

    public override long Bytes => 64 + (codes?.Length ?? 0) + (values.Length * 64L);

    /// <summary>Gets the different values.</summary>
    public IReadOnlyList<object?> Values => values;

    /// <summary>A column of a value for each row, or null if too many are different. The values are of types that compare by what they hold.</summary>
    public static CodedColumn? TryMake(IReadOnlyList<object?> all)
    {
        var distinct = new List<object?>();
        var seen = new Dictionary<object, byte>();
        var codes = new byte[all.Count];
        int? ofNull = null;
        for (var i = 0; i < codes.Length; i++)
        {
            var value = all[i];
            if (value is null ? ofNull is null : !seen.TryGetValue(value, out codes[i]))
            {
                if (distinct.Count == MaxValues)
                    return null;
                codes[i] = (byte)distinct.Count;
                distinct.Add(value);
                if (value is null)
                    ofNull = codes[i];
                else
                    seen.Add(value, codes[i]);
            }
            else if (value is null)
            {
                codes[i] = (byte)ofNull!.Value;
            }
        }

        return new CodedColumn([.. distinct], distinct.Count == 1 ? null : codes, codes.Length);
    }

    public override object? Value(int row) => values[codes?[row] ?? 0];

    /// <summary>Adds to the count of each of <see cref="Values"/> how many of these rows have it.</summary>
    public void Tally(RowSet found, Span<long> counts)
    {
        if (codes is null)
        {
            counts[0] += found.Count;
            return;
        }

        foreach (var row in found)
            counts[codes[row]]++;
    }

    public override void Match(LeafTest test, RowSet found)
    {
        var matches = Array.ConvertAll(values, test.Of);
        if (codes is null)
        {
            if (matches[0])
                found.UnionWith(RowSet.All(rows));
            return;
        }

        if (!Array.Exists(matches, m => m))
            return;
        for (var row = 0; row < codes.Length; row++)
        {
            if (matches[codes[row]])
                found.Add(row);
        }
    }
}
