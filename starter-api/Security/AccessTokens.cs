using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Settlement.StarterApi.Security;

/// <summary>Issues the short-lived JWT (RFC 7519, HS256) that every other request carries.</summary>
public sealed class AccessTokenIssuer(SigningKeys keys, IOptions<AuthOptions> options, TimeProvider clock)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for the user, valid from now for <see cref="AuthOptions.AccessTokenSeconds"/>.</summary>
    public string Issue(LocalUser user)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var claims = new ClaimsIdentity();
        claims.AddClaim(new Claim(TokenClaims.Subject, user.UserName));
        claims.AddClaim(new Claim("name", user.DisplayName));
        claims.AddClaim(new Claim("jti", Guid.CreateVersion7().ToString()));
        if (user.EntityId is { } entity)
            claims.AddClaim(new Claim(TokenClaims.Entity, entity));
        claims.AddClaims(user.RoleNames.Select(role => new Claim(TokenClaims.Roles, role)));
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.Issuer,
            Audience = options.Value.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddSeconds(options.Value.AccessTokenSeconds),
            Subject = claims,
            SigningCredentials = new SigningCredentials(keys.Current, SecurityAlgorithms.HmacSha256),
        });
    }
}

/// <summary>How access tokens are checked: our own by key, or an external issuer's by its published keys.</summary>
public sealed class BearerTokens(IOptions<AuthOptions> auth, IServiceProvider services) : IConfigureNamedOptions<JwtBearerOptions>
{
    public const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    /// <inheritdoc />
    public void Configure(JwtBearerOptions options) => Configure(Scheme, options);

    /// <inheritdoc />
    public void Configure(string? name, JwtBearerOptions options)
    {
        var settings = auth.Value;
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = settings.Audience,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = TimeSpan.FromSeconds(30),
            NameClaimType = TokenClaims.Subject,
            RoleClaimType = TokenClaims.Roles,
        };
        if (!string.IsNullOrEmpty(settings.Authority))
        {
            options.Authority = settings.Authority;
            options.Audience = settings.Audience;
            return;
        }

        options.TokenValidationParameters.ValidIssuer = settings.Issuer;
        // One algorithm only: a token may not choose how it is checked.
        options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.HmacSha256];
        options.TokenValidationParameters.IssuerSigningKeys = services.GetRequiredService<SigningKeys>().Accepted;
    }
}

/// <summary>The keys of our own access tokens: one to sign with, and the previous one to still check with.</summary>
public sealed class SigningKeys
{
    public SigningKeys(IOptions<AuthOptions> options)
    {
        var current = SecretKeys.Decode(options.Value.SigningKey) ?? throw new ConfigurationException("Auth:SigningKey is not usable.");
        Current = new SymmetricSecurityKey(current);
        Accepted = SecretKeys.Decode(options.Value.PreviousSigningKey) is { } previous ? [Current, new SymmetricSecurityKey(previous)] : [Current];
    }

    public SymmetricSecurityKey Current { get; }

    public IReadOnlyList<SecurityKey> Accepted { get; }
}

/// <summary>Claim names of access tokens; an external issuer must send the same.</summary>
public static class TokenClaims
{
    public const string Subject = "sub";
    public const string Entity = "entity_id";
    public const string Roles = "roles";
}
