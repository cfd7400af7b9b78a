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

    /// <summary>What is wrong with a section's <c>SigningKey</c> and optional <c>PreviousSigningKey</c>, without showing them; null if nothing.</summary>
    /// <param name="section">Section of the configuration, for example <c>Auth</c>.</param>
    /// <param name="prefix">Beginning of the environment variables' names, for example <c>AUTH</c>.</param>
    /// <param name="current">The key that signs.</param>
    /// <param name="previous">The key that is also taken while it is being changed; null or empty: none.</param>
    public static string? Problem(string section, string prefix, string? current, string? previous)
    {
        if (Decode(current) is null)
            return $"{section}:SigningKey ({prefix}_SIGNING_KEY) must be base64 of at least {MinBytes} bytes";
        return !string.IsNullOrEmpty(previous) && Decode(previous) is null
            ? $"{section}:PreviousSigningKey ({prefix}_PREVIOUS_SIGNING_KEY) must be base64 of at least {MinBytes} bytes"
            : null;
    }
}
