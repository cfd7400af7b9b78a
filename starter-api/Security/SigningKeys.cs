using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Settlement.Hosting;
using Settlement.StarterApi.Options;

namespace Settlement.StarterApi.Security;

/// <summary>The keys of our own access tokens: one to sign with, and the previous one to still check with.</summary>
public sealed class SigningKeys
{
    public SigningKeys(IOptions<AuthOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var current = Decode(options.Value.SigningKey) ?? throw new ConfigurationException("Auth:SigningKey is not usable.");
        Current = new SymmetricSecurityKey(current);
        Accepted = Decode(options.Value.PreviousSigningKey) is { } previous ? [Current, new SymmetricSecurityKey(previous)] : [Current];
    }

    public SymmetricSecurityKey Current { get; }

    public IReadOnlyList<SecurityKey> Accepted { get; }

    /// <summary>The bytes of a configured key; null when it is no base64 or too short.</summary>
    public static byte[]? Decode(string? text)
    {
        var bytes = new byte[(text?.Length ?? 0) + 4];
        return !string.IsNullOrEmpty(text) && Convert.TryFromBase64String(text, bytes, out var length) && length >= AuthOptions.MinKeyBytes
            ? bytes[..length]
            : null;
    }
}
