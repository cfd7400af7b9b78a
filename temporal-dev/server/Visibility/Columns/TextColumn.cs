using System.Text;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>A column of texts that are mostly different.</summary>
internal sealed class TextColumn : Column
{
    private readonly TextList texts;
    private readonly RowSet? missing;

    private TextColumn(TextList texts, RowSet? missing) => (this.texts, this.missing) = (texts, missing);

    public override long Bytes => 64 + texts.Bytes;

    /// <param name="all">string for each row, or null.</param>
    public static TextColumn Make(IReadOnlyList<object?> all)
    {
        RowSet? missing = null;
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i] is null)
                (missing ??= RowSet.None(all.Count)).Add(i);
        }

        return new TextColumn(TextList.Make([.. all.Select(v => (string?)v)]), missing);
    }

    public override object? Value(int row) => missing?.Has(row) == true ? null : Encoding.UTF8.GetString(texts[row]);

    public override void Match(LeafTest test, RowSet found)
    {
        var matches = test.OnText;
        for (var row = 0; row < texts.Count; row++)
        {
            if (missing?.Has(row) == true ? test.OfNothing : matches(texts[row]))
                found.Add(row);
        }
    }
}
