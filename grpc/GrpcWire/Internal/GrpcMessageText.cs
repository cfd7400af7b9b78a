using System.Text;

namespace GrpcWire.Internal;

/// <summary>The percent-encoding of <c>grpc-message</c>: UTF-8, every byte outside 0x20..0x7E and '%' itself as %XX.</summary>
internal static class GrpcMessageText
{
    // Headers are bounded by peers (often 8 KiB for all of them); a message longer than this is cut, never the call lost.
    private const int MaxEncodedChars = 4096;

    public static string Encode(string message)
    {
        if (message.Length <= MaxEncodedChars && IsPlain(message)) return message;
        var result = new StringBuilder(message.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in message.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(utf8);
            if (result.Length + (count * 3) > MaxEncodedChars) break;
            foreach (var b in utf8[..count])
            {
                if (b is >= 0x20 and <= 0x7E and not (byte)'%') result.Append((char)b);
                else result.Append('%').Append(HexDigit(b >> 4)).Append(HexDigit(b & 0xF));
            }
        }
        return result.ToString();
    }

    /// <summary>Decodes; a broken escape is kept as it stands, since a message is for people and must not fail the call a second time.</summary>
    /// <param name="encoded">The header value.</param>
    /// <returns>The message.</returns>
    public static string Decode(string encoded)
    {
        if (!encoded.Contains('%', StringComparison.Ordinal)) return encoded;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(encoded.Length)];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit(encoded[i + 1]) && char.IsAsciiHexDigit(encoded[i + 2]))
            {
                bytes[length++] = Convert.ToByte(encoded.Substring(i + 1, 2), 16);
                i += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(encoded.AsSpan(i, 1), bytes.AsSpan(length));
            }
        }
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool IsPlain(string message)
    {
        foreach (var c in message)
        {
            if (c is < ' ' or > '~' or '%') return false;
        }
        return true;
    }

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
