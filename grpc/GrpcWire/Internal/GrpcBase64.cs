namespace GrpcWire.Internal;

/// <summary>Base64 of binary metadata: senders may pad or not, so a reader must take both.</summary>
internal static class GrpcBase64
{
    /// <summary>Decodes.</summary>
    /// <param name="value">Base64, padded or not.</param>
    /// <returns>The bytes, or null if it is not base64.</returns>
    public static byte[]? TryDecode(string value)
    {
        var trimmed = value.AsSpan().TrimEnd('=');
        var padded = new char[(trimmed.Length + 3) / 4 * 4];
        trimmed.CopyTo(padded);
        padded.AsSpan(trimmed.Length).Fill('=');
        var result = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64Chars(padded, result, out var written) ? result[..written] : null;
    }
}
