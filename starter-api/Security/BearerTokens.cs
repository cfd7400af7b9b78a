using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Settlement.StarterApi.Options;

namespace Settlement.StarterApi.Security;

/// <summary>How access tokens are checked: our own by key, or an external issuer's by its published keys.</summary>
public sealed class BearerTokens(IOptions<AuthOptions> auth, IServiceProvider services) : IConfigureNamedOptions<JwtBearerOptions>
{
    public const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    /// <inheritdoc />
    public void Configure(JwtBearerOptions options) => Configure(Scheme, options);

    /// <inheritdoc />
    public void Configure(string? name, JwtBearerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
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
