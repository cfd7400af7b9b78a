using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Settlement.StarterApi.Options;

namespace Settlement.StarterApi.Security;

/// <summary>Issues the short-lived JWT (RFC 7519, HS256) that every other request carries.</summary>
public sealed class AccessTokenIssuer(SigningKeys keys, IOptions<AuthOptions> options, TimeProvider clock)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for the user, valid from now for <see cref="AuthOptions.AccessTokenSeconds"/>.</summary>
    public string Issue(LocalUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
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
