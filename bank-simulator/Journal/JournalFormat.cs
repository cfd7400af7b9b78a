using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Settlement.BankSimulator.Journal;

/// <summary>A journal line: eight hex digits of CRC-32 over the JSON, a space, the JSON of one <see cref="JournalRecord"/>, a newline.</summary>
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
        Encoding.ASCII.GetBytes(Crc32.Compute(json).ToString("x8", CultureInfo.InvariantCulture), line);
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
            || crc != Crc32.Compute(line[PrefixBytes..]))
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
