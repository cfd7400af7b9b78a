using System.Security.Claims;

namespace Settlement.StarterApi.Security;

/// <summary>The signed-in caller, from the access token. Bound by the framework through <see cref="BindAsync"/>.</summary>
/// <param name="Name">Login name; the identity in history and audit.</param>
/// <param name="EntityId">The entity the caller belongs to, or null for staff of the system itself.</param>
/// <param name="RoleNames">Roles of the token.</param>
public sealed record CurrentUser(string Name, string? EntityId, IReadOnlySet<string> RoleNames)
{
    /// <summary>True for those who see every entity.</summary>
    public bool SeesAllEntities => RoleNames.Contains(Roles.Auditor) || RoleNames.Contains(Roles.Admin);

    /// <summary>The entity that reads are limited to; null means all. A caller without entity and without such a role sees nothing.</summary>
    public string? ReadScope => SeesAllEntities ? null : EntityId ?? NoEntity;

    /// <summary>Acting needs the own entity or ADMIN; an AUDITOR reads everything and touches nothing.</summary>
    public string? ActionScope => RoleNames.Contains(Roles.Admin) ? null : EntityId ?? NoEntity;

    // No entity id may hold a space, so this one matches no row.
    private const string NoEntity = "no entity";

    public static ValueTask<CurrentUser> BindAsync(HttpContext context) =>
        ValueTask.FromResult(From(context.User));

    public static CurrentUser From(ClaimsPrincipal principal) => new(
        principal.FindFirst(TokenClaims.Subject)?.Value ?? throw new InvalidOperationException("An endpoint that needs a caller is open to anonymous ones."),
            principal.FindFirst(TokenClaims.Entity)?.Value,
            principal.FindAll(TokenClaims.Roles).Select(c => c.Value).ToHashSet(StringComparer.Ordinal));
}
