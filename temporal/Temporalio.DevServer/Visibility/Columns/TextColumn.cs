using System.Text;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>A column of texts that are mostly different: their UTF-8 end to end.</summary>
internal sealed class TextColumn : Column
{
    private readonly byte[] bytes;

    /// <summary>Where each row's text ends.</summary>
    private readonly int[] ends;

    private readonly RowSet? missing;

    private TextColumn(byte[] bytes, int[] ends, RowSet? missing) => (this.bytes, this.ends, this.missing) = (bytes, ends, missing);

    public override long Bytes => 96 + bytes.Length + (ends.Length * (long)sizeof(int));

    /// <param name="all">string for each row, or null.</param>
    public static TextColumn Make(IReadOnlyList<object?> all)
    {
        var bytes = new byte[all.Sum(v => v is string text ? Encoding.UTF8.GetByteCount(text) : 0)];
        var ends = new int[all.Count];
        RowSet? missing = null;
        var end = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            if (all[i] is string text)
                end += Encoding.UTF8.GetBytes(text, bytes.AsSpan(end));
            else
                (missing ??= RowSet.None(ends.Length)).Add(i);
            ends[i] = end;
        }

        return new TextColumn(bytes, ends, missing);
    }

    public override object? Value(int row) => missing?.Has(row) == true ? null : Encoding.UTF8.GetString(Text(row));

    public override void Match(LeafTest test, RowSet found)
    {
        var matches = test.OnText;
        for (var row = 0; row < ends.Length; row++)
        {
            if (missing?.Has(row) == true ? test.OfNothing : matches(Text(row)))
                found.Add(row);
        }
    }

    private ReadOnlySpan<byte> Text(int row)
    {
        var start = row == 0 ? 0 : ends[row - 1];
        return bytes.AsSpan(start, ends[row] - start);
    }
}
