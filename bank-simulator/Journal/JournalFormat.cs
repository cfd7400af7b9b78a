using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Settlement.BankSimulator;

/// <summary>A journal line: eight hex digits of CRC-32 (IEEE 802.3) over the JSON, a space, the JSON of one <see cref="JournalRecord"/>, a newline.</summary>
internal static class JournalFormat
{
    /// <summary>Longest line that is written or read, in bytes.</summary>
    public const int MaxLineBytes = 1 << 20;

    private const int PrefixBytes = 9;

    public static byte[] Write(JournalRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, BankJson.Options);
        if (json.Length > MaxLineBytes - PrefixBytes - 1)
            throw new InvalidOperationException("A journal record exceeds 1 MiB.");
        var line = new byte[PrefixBytes + json.Length + 1];
        Encoding.ASCII.GetBytes(Crc32.HashToUInt32(json).ToString("x8", CultureInfo.InvariantCulture), line);
        line[PrefixBytes - 1] = (byte)' ';
        json.CopyTo(line, PrefixBytes);
        line[^1] = (byte)'\n';
        return line;
    }

    /// <summary>Reads a line without its newline; null and a reason if it is not one the bank wrote.</summary>
    public static JournalRecord? Read(ReadOnlySpan<byte> line, out string reason)
    {
        reason = "checksum does not match";
        if (line.Length <= PrefixBytes || line[PrefixBytes - 1] != (byte)' '
            || !uint.TryParse(line[..(PrefixBytes - 1)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var crc)
            || crc != Crc32.HashToUInt32(line[PrefixBytes..]))
        {
            return null;
        }

        try
        {
            reason = "the record is empty";
            return JsonSerializer.Deserialize<JournalRecord>(line[PrefixBytes..], BankJson.Options);
        }
        catch (JsonException error)
        {
            reason = error.Message;
            return null;
        }
    }
}

/// <summary>Reads lines of bounded length from the start of a stream.</summary>
internal sealed class JournalReader : IDisposable
{
    private readonly Stream stream;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(JournalFormat.MaxLineBytes * 2);
    private int start;
    private int end;

    public JournalReader(Stream stream)
    {
        this.stream = stream;
        stream.Seek(0, SeekOrigin.Begin);
    }

    /// <summary>Whether the last line read ended with a newline.</summary>
    public bool LineWasComplete { get; private set; }

    /// <summary>Whether anything follows the last line read.</summary>
    public bool HasMore => start < end || Fill();

    /// <summary>The next line without its newline, or null at the end; a line beyond the bound comes in pieces that fail their checksum.</summary>
    public ReadOnlyMemory<byte>? ReadLine()
    {
        var scanned = 0;
        while (true)
        {
            var at = buffer.AsSpan(start + scanned, end - start - scanned).IndexOf((byte)'\n');
            if (at >= 0)
                return Take(scanned + at, complete: true);
            scanned = end - start;
            if (scanned >= JournalFormat.MaxLineBytes)
                return Take(scanned, complete: false);
            if (!Fill())
                return scanned == 0 ? null : Take(scanned, complete: false);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private ReadOnlyMemory<byte> Take(int length, bool complete)
    {
        var line = buffer.AsMemory(start, length);
        start += complete ? length + 1 : length;
        LineWasComplete = complete;
        return line;
    }

    private bool Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
