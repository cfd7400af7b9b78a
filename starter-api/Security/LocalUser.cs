namespace Settlement.StarterApi.Security;

/// <summary>One person or system of the seed file.</summary>
/// <param name="UserName">Login name, unique without regard to case.</param>
/// <param name="DisplayName">For people to read.</param>
/// <param name="EntityId">The entity the user belongs to; null for system staff.</param>
/// <param name="RoleNames">Roles, see <see cref="Roles"/>.</param>
/// <param name="Password">The hash; the password itself is never kept.</param>
public sealed record LocalUser(string UserName, string DisplayName, string? EntityId, IReadOnlyList<string> RoleNames, PasswordHash Password);
