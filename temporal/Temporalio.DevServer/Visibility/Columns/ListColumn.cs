namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>A column of lists of keywords, or of texts whose words are looked for. Each different keyword or word of the segment is kept once.</summary>
internal sealed class ListColumn : Column
{
    private readonly Dictionary<string, int> codes;
    private readonly string[] elements;

    /// <summary>The rows' elements end to end, as places in <see cref="elements"/>.</summary>
    private readonly int[] held;

    /// <summary>Where each row's elements end.</summary>
    private readonly int[] ends;

    private readonly RowSet? missing;

    /// <summary>For texts: as they were written.</summary>
    private readonly Column? written;

    private ListColumn(Dictionary<string, int> codes, int[] held, int[] ends, RowSet? missing, Column? written)
    {
        (this.codes, this.held, this.ends, this.missing, this.written) = (codes, held, ends, missing, written);
        elements = new string[codes.Count];
        foreach (var (element, code) in codes)
            elements[code] = element;
    }

    public override long Bytes => 128 + (elements.Sum(e => 64L + (e.Length * 2))) + ((held.Length + ends.Length) * (long)sizeof(int)) + (written?.Bytes ?? 0);

    /// <param name="all">A list of strings for each row, or null.</param>
    public static ListColumn OfKeywords(IReadOnlyList<object?> all) => Make(all, v => (IReadOnlyList<string>)v, written: null);

    /// <param name="all">string for each row, or null.</param>
    public static ListColumn OfTexts(IReadOnlyList<object?> all) => Make(all, v => TextWords.Of((string)v), CodedColumn.TryMake(all) ?? (Column)TextColumn.Make(all));

    public override object? Value(int row)
    {
        if (missing?.Has(row) == true)
            return null;
        return written is null ? Array.ConvertAll(Held(row).ToArray(), code => elements[code]) : written.Value(row);
    }

    public override void Match(LeafTest test, RowSet found)
    {
        var sought = test.Elements?.Where(codes.ContainsKey).Select(e => codes[e]).ToArray() ?? [];
        var (ofHolding, ofOthers) = test.Elements is null ? (test.Of(""), test.Of("")) : (test.OfHolding(true), test.OfHolding(false));
        for (var row = 0; row < ends.Length; row++)
        {
            if (missing?.Has(row) == true ? test.OfNothing : Held(row).ContainsAny(sought) ? ofHolding : ofOthers)
                found.Add(row);
        }
    }

    private static ListColumn Make(IReadOnlyList<object?> all, Func<object, IReadOnlyCollection<string>> read, Column? written)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var held = new List<int>();
        var ends = new int[all.Count];
        RowSet? missing = null;
        for (var i = 0; i < ends.Length; i++)
        {
            if (all[i] is { } value)
                held.AddRange(read(value).Select(element => codes.TryGetValue(element, out var code) ? code : codes[element] = codes.Count));
            else
                (missing ??= RowSet.None(ends.Length)).Add(i);
            ends[i] = held.Count;
        }

        return new ListColumn(codes, [.. held], ends, missing, written);
    }

    private ReadOnlySpan<int> Held(int row)
    {
        var start = row == 0 ? 0 : ends[row - 1];
        return held.AsSpan(start, ends[row] - start);
    }
}
