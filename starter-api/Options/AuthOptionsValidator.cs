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
        return SecretKeys.Problem(AuthOptions.SectionName, "AUTH", options.SigningKey, options.PreviousSigningKey) is { } problem
            ? ValidateOptionsResult.Fail(problem)
            : ValidateOptionsResult.Success;
    }
}
