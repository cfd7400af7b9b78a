using System.ComponentModel.DataAnnotations;

namespace Settlement.StarterApi.Options;

/// <summary>Who may call. Local users and our own tokens, or an external OIDC issuer.</summary>
public sealed class AuthOptions
{
    public const string SectionName = "Auth";

    /// <summary>Path of the seed file of local users. Env <c>AUTH_USERS_FILE</c>. Needed unless <see cref="Authority"/> is set.</summary>
    public string UsersFile { get; set; } = "";

    /// <summary>Base64 of at least 32 random bytes. Env <c>AUTH_SIGNING_KEY</c>. Needed unless <see cref="Authority"/> is set.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>The key before the last change; tokens signed with it are still taken. Env <c>AUTH_PREVIOUS_SIGNING_KEY</c>.</summary>
    public string? PreviousSigningKey { get; set; }

    /// <summary>Issuer and audience of our own tokens.</summary>
    [Required]
    public string Issuer { get; set; } = "settlement-starter-api";

    /// <summary>Audience that a token must name.</summary>
    [Required]
    public string Audience { get; set; } = "settlement";

    /// <summary>URL of an external OIDC issuer, which then replaces local login. Env <c>AUTH_AUTHORITY</c>.</summary>
    public string? Authority { get; set; }

    /// <summary>Life of an access token, in seconds. It cannot be revoked, so it is short.</summary>
    [Range(30, 3600)]
    public int AccessTokenSeconds { get; set; } = 600;

    /// <summary>Life of a refresh token family from login on, in seconds.</summary>
    [Range(60, 30 * 24 * 3600)]
    public int RefreshTokenSeconds { get; set; } = 8 * 3600;
}

/// <summary>Checks what attributes cannot: either an external issuer, or a users file and a key that is long enough.</summary>
public sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
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
