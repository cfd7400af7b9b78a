using Microsoft.Extensions.Options;
using Settlement.Hosting;

namespace Settlement.StarterApi.Options;

/// <summary>Checks what attributes cannot: either an external issuer, or a users file and a key that is long enough.</summary>
public sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.IsNullOrEmpty(options.Authority))
        {
            return Uri.TryCreate(options.Authority, UriKind.Absolute, out var issuer) && issuer.Scheme == Uri.UriSchemeHttps
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("Auth:Authority (AUTH_AUTHORITY) must be an https URL");
        }

        if (string.IsNullOrEmpty(options.UsersFile))
            return ValidateOptionsResult.Fail("Auth:UsersFile (AUTH_USERS_FILE) must name the seed file of local users");
        if (SecretKeys.Decode(options.SigningKey) is null)
            return ValidateOptionsResult.Fail($"Auth:SigningKey (AUTH_SIGNING_KEY) must be base64 of at least {SecretKeys.MinBytes} bytes");
        if (!string.IsNullOrEmpty(options.PreviousSigningKey) && SecretKeys.Decode(options.PreviousSigningKey) is null)
            return ValidateOptionsResult.Fail($"Auth:PreviousSigningKey (AUTH_PREVIOUS_SIGNING_KEY) must be base64 of at least {SecretKeys.MinBytes} bytes");
        return ValidateOptionsResult.Success;
    }
}
