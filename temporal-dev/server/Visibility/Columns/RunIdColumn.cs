using System.Buffers.Binary;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>A column of run ids: each different, none missing; found by id without a scan.</summary>
internal sealed class RunIdColumn : Column
{
    private const int TextLength = 36;

    private readonly Guid[] ids;

    /// <summary>A hash table with open addressing: the row's number plus one, 0 where free. Twice the rows, a power of two.</summary>
    private readonly ushort[] places;

    private RunIdColumn(Guid[] ids, ushort[] places) => (this.ids, this.places) = (ids, places);

    public override long Bytes => 64 + (ids.Length * 16L) + (places.Length * (long)sizeof(ushort));

    public ReadOnlySpan<Guid> Ids => ids;

    public static RunIdColumn Make(Guid[] ids)
    {
        var column = new RunIdColumn(ids, new ushort[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)ids.Length * 2)]);
        for (var row = 0; row < ids.Length; row++)
        {
            var place = column.FirstPlace(ids[row]);
            while (column.places[place] != 0)
                place = (place + 1) & (column.places.Length - 1);
            column.places[place] = (ushort)(row + 1);
        }

        return column;
    }

    /// <summary>The row with this id, or -1.</summary>
    public int Find(Guid id)
    {
        for (var place = FirstPlace(id); places[place] != 0; place = (place + 1) & (places.Length - 1))
        {
            if (ids[places[place] - 1] == id)
                return places[place] - 1;
        }

        return -1;
    }

    public override object? Value(int row) => ids[row].ToString("D");

    public override void Match(LeafTest test, RowSet found)
    {
        var matches = test.OnText;
        Span<byte> text = stackalloc byte[TextLength];
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row].TryFormat(text, out _, "D");
            if (matches(text))
                found.Add(row);
        }
    }

    /// <summary>Ids are random, ours and those of clients who choose theirs; both halves are used, so that one alike does no harm.</summary>
    private int FirstPlace(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        var mixed = (BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..])) * 0x9E3779B97F4A7C15UL;
        return (int)(mixed >> 40) & (places.Length - 1);
    }
}
