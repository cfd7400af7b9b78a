using System.Numerics;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>Some of a segment's rows, one bit each.</summary>
internal sealed class RowSet
{
    private const int WordBits = 64;

    private readonly ulong[] words;
    private readonly int rows;

    private RowSet(ulong[] words, int rows) => (this.words, this.rows) = (words, rows);

    /// <summary>Gets whether no row is in it.</summary>
    public bool IsEmpty => words.AsSpan().IndexOfAnyExcept(0UL) < 0;

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in words)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    public static RowSet None(int rows) => new(new ulong[(rows + WordBits - 1) / WordBits], rows);

    public static RowSet All(int rows)
    {
        var all = None(rows);
        all.words.AsSpan().Fill(ulong.MaxValue);
        if (rows % WordBits is > 0 and var rest)
            all.words[^1] = (1UL << rest) - 1;
        return all;
    }

    public bool Has(int row) => (words[row / WordBits] & (1UL << (row % WordBits))) != 0;

    public void Add(int row) => words[row / WordBits] |= 1UL << (row % WordBits);

    /// <summary>A copy without one row: who holds the old set still has it.</summary>
    public RowSet Without(int row)
    {
        var copy = new RowSet([.. words], rows);
        copy.words[row / WordBits] &= ~(1UL << (row % WordBits));
        return copy;
    }

    /// <summary>Keeps what the other has too.</summary>
    public void IntersectWith(RowSet other)
    {
        for (var i = 0; i < words.Length; i++)
            words[i] &= other.words[i];
    }

    /// <summary>Adds what the other has.</summary>
    public void UnionWith(RowSet other)
    {
        for (var i = 0; i < words.Length; i++)
            words[i] |= other.words[i];
    }

    public Enumerator GetEnumerator() => new(words);

    /// <summary>The rows, in order.</summary>
    public struct Enumerator(ulong[] words)
    {
        private int word = -1;
        private ulong rest;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (rest == 0)
            {
                if (++word >= words.Length)
                    return false;
                rest = words[word];
            }

            Current = (word * WordBits) + BitOperations.TrailingZeroCount(rest);
            rest &= rest - 1;
            return true;
        }
    }
}
