namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>A column of whole numbers, or of times as their ticks.</summary>
internal sealed class NumberColumn : Column
{
    /// <summary>What stands where a row has no value: so that an open run's close time sorts after all others.</summary>
    public const long Nothing = long.MaxValue;

    private readonly long[] values;
    private readonly RowSet? missing;
    private readonly bool isTime;

    private NumberColumn(long[] values, RowSet? missing, bool isTime) => (this.values, this.missing, this.isTime) = (values, missing, isTime);

    public override long Bytes => 64 + (values.Length * (sizeof(long) + 1L));

    /// <summary>Gets the values, <see cref="Nothing"/> where there is none.</summary>
    public ReadOnlySpan<long> Values => values;

    /// <param name="all">long or DateTimeOffset for each row, or null.</param>
    /// <param name="isTime">Whether they are times.</param>
    public static NumberColumn Make(IReadOnlyList<object?> all, bool isTime)
    {
        var values = new long[all.Count];
        RowSet? missing = null;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = all[i] is { } value ? isTime ? ((DateTimeOffset)value).UtcTicks : (long)value : Nothing;
            if (all[i] is null)
                (missing ??= RowSet.None(values.Length)).Add(i);
        }

        return new NumberColumn(values, missing, isTime);
    }

    public override object? Value(int row)
    {
        if (missing?.Has(row) == true)
            return null;
        return isTime ? new DateTimeOffset(values[row], TimeSpan.Zero) : values[row];
    }

    public override void Match(LeafTest test, RowSet found)
    {
        var matches = test.OnNumber;
        for (var row = 0; row < values.Length; row++)
        {
            if (missing?.Has(row) == true ? test.OfNothing : matches(values[row]))
                found.Add(row);
        }
    }
}
