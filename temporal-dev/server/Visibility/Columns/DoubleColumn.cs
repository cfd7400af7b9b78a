namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>A column of numbers with fractions.</summary>
internal sealed class DoubleColumn : Column
{
    /// <summary>NaN where a row has no value: no search attribute can be that.</summary>
    private readonly double[] values;

    private DoubleColumn(double[] values) => this.values = values;

    public override long Bytes => 64 + (values.Length * (long)sizeof(double));

    /// <param name="all">double for each row, or null.</param>
    public static DoubleColumn Make(IReadOnlyList<object?> all) => new([.. all.Select(v => v is double number ? number : double.NaN)]);

    public override object? Value(int row) => double.IsNaN(values[row]) ? null : values[row];

    public override void Match(LeafTest test, RowSet found)
    {
        var matches = test.OnDouble;
        for (var row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(values[row]) ? test.OfNothing : matches(values[row]))
                found.Add(row);
        }
    }
}
