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
        var current = SecretKeys.Decode(options.Value.SigningKey) ?? throw new ConfigurationException("Auth:SigningKey is not usable.");
        Current = new SymmetricSecurityKey(current);
        Accepted = SecretKeys.Decode(options.Value.PreviousSigningKey) is { } previous ? [Current, new SymmetricSecurityKey(previous)] : [Current];
    }

    public SymmetricSecurityKey Current { get; }

    public IReadOnlyList<SecurityKey> Accepted { get; }
}
