using System.Text;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>Texts in UTF-8, end to end.</summary>
internal sealed class TextList
{
    private readonly byte[] bytes;

    /// <summary>Where each text ends.</summary>
    private readonly int[] ends;

    private TextList(byte[] bytes, int[] ends) => (this.bytes, this.ends) = (bytes, ends);

    public int Count => ends.Length;

    /// <summary>Gets how much memory it takes, roughly.</summary>
    public long Bytes => 64 + bytes.Length + (ends.Length * (long)sizeof(int));

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : ends[index - 1];
            return bytes.AsSpan(start, ends[index] - start);
        }
    }

    /// <summary>Texts in the order given; null is kept as an empty one.</summary>
    public static TextList Make(IReadOnlyList<string?> texts)
    {
        var bytes = new byte[texts.Sum(t => t is null ? 0 : Encoding.UTF8.GetByteCount(t))];
        var ends = new int[texts.Count];
        var end = 0;
        for (var i = 0; i < ends.Length; i++)
            ends[i] = end += Encoding.UTF8.GetBytes(texts[i] ?? "", bytes.AsSpan(end));
        return new TextList(bytes, ends);
    }

    /// <summary>Different texts, sorted by their bytes.</summary>
    /// <param name="codes">Each text and its number, from 0 on.</param>
    /// <returns>The list, and for each number its place in it.</returns>
    public static (TextList List, int[] Places) Sorted(IReadOnlyDictionary<string, int> codes)
    {
        var sorted = codes.Select(c => (Utf8: Encoding.UTF8.GetBytes(c.Key), Text: c.Key, Code: c.Value)).ToList();
        sorted.Sort((left, right) => left.Utf8.AsSpan().SequenceCompareTo(right.Utf8));
        var places = new int[sorted.Count];
        for (var i = 0; i < places.Length; i++)
            places[sorted[i].Code] = i;
        return (Make(sorted.ConvertAll(s => (string?)s.Text)), places);
    }

    /// <summary>The place of a text in a list that is sorted, or a negative number.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = this[middle].SequenceCompareTo(text);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }
}
