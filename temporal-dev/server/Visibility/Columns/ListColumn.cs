using System.Text;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>A column of lists of keywords, or of texts whose words are looked for. Each different keyword or word of the segment is kept once.</summary>
internal sealed class ListColumn : Column
{
    /// <summary>The different elements in UTF-8, sorted.</summary>
    private readonly TextList elements;

    /// <summary>The rows' elements end to end, as places in <see cref="elements"/>.</summary>
    private readonly int[] held;

    /// <summary>Where each row's elements end.</summary>
    private readonly int[] ends;

    private readonly RowSet? missing;

    /// <summary>For texts: as they were written.</summary>
    private readonly Column? written;

    private ListColumn(TextList elements, int[] held, int[] ends, RowSet? missing, Column? written) =>
        (this.elements, this.held, this.ends, this.missing, this.written) = (elements, held, ends, missing, written);

    public override long Bytes => 128 + elements.Bytes + ((held.Length + ends.Length) * (long)sizeof(int)) + (written?.Bytes ?? 0);

    /// <param name="all">A list of strings for each row, or null.</param>
    public static ListColumn OfKeywords(IReadOnlyList<object?> all) => Make(all, v => (IReadOnlyList<string>)v, written: null);

    /// <param name="all">string for each row, or null.</param>
    public static ListColumn OfTexts(IReadOnlyList<object?> all) => Make(all, v => TextWords.Of((string)v), CodedColumn.TryMake(all) ?? (Column)TextColumn.Make(all));

    public override object? Value(int row)
    {
        if (missing?.Has(row) == true)
            return null;
        return written is null ? Array.ConvertAll(Held(row).ToArray(), code => Encoding.UTF8.GetString(elements[code])) : written.Value(row);
    }

    public override void Match(LeafTest test, RowSet found)
    {
        // Without elements it is IS NULL, which is false wherever there is a list, and which no list holds.
        var sought = test.Elements?.Select(e => elements.Find(Encoding.UTF8.GetBytes(e))).Where(code => code >= 0).ToArray() ?? [];
        var (ofHolding, ofOthers) = test.Elements is null ? (false, test.Of("")) : (test.OfHolding(true), test.OfHolding(false));
        for (var row = 0; row < ends.Length; row++)
        {
            if (missing?.Has(row) == true ? test.OfNothing : Holds(Held(row), sought) ? ofHolding : ofOthers)
                found.Add(row);
        }
    }

    private static bool Holds(ReadOnlySpan<int> held, int[] sought)
    {
        foreach (var code in held)
        {
            foreach (var one in sought)
            {
                if (code == one)
                    return true;
            }
        }

        return false;
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

        var (elements, places) = TextList.Sorted(codes);
        return new ListColumn(elements, [.. held.Select(code => places[code])], ends, missing, written);
    }

    private ReadOnlySpan<int> Held(int row)
    {
        var start = row == 0 ? 0 : ends[row - 1];
        return held.AsSpan(start, ends[row] - start);
    }
}
