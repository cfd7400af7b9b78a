namespace Settlement.Hosting;

/// <summary>Keys as they are configured: base64 of random bytes.</summary>
public static class SecretKeys
{
    /// <summary>Shortest key of HMAC-SHA256: as long as its hash (RFC 2104 section 3, RFC 7518 section 3.2).</summary>
    public const int MinBytes = 32;

    /// <summary>The bytes of a configured key; null when it is no base64 or too short.</summary>
    public static byte[]? Decode(string? text)
    {
        var bytes = new byte[(text?.Length ?? 0) + 4];
        return !string.IsNullOrEmpty(text) && Convert.TryFromBase64String(text, bytes, out var length) && length >= MinBytes
            ? bytes[..length]
            : null;
    }
}
