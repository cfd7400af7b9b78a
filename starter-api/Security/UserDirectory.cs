namespace Settlement.StarterApi.Security;

/// <summary>
/// The local users, read once at start. An unknown name costs the same time as a wrong password, so that names cannot be guessed
/// by a clock.
/// </summary>
public sealed class UserDirectory
{
    private readonly Dictionary<string, LocalUser> users;
    private readonly PasswordHash decoy;

    public UserDirectory(IEnumerable<LocalUser> users)
    {
        this.users = users.ToDictionary(u => u.UserName, StringComparer.OrdinalIgnoreCase);
        decoy = this.users.Values.FirstOrDefault()?.Password ?? PasswordHash.Create(Guid.NewGuid().ToString());
    }

    /// <summary>The user, when name and password are right; else null.</summary>
    public LocalUser? Authenticate(string userName, string password)
    {
        var user = Find(userName);
        var matches = (user?.Password ?? decoy).Matches(password);
        return matches ? user : null;
    }

    /// <summary>The user of that name, or null: who has left the file can no longer refresh a token.</summary>
    public LocalUser? Find(string userName) => users.GetValueOrDefault(userName);
}

/// <summary>One person or system of the seed file.</summary>
/// <param name="UserName">Login name, unique without regard to case.</param>
/// <param name="DisplayName">For people to read.</param>
/// <param name="EntityId">The entity the user belongs to; null for system staff.</param>
/// <param name="RoleNames">Roles, see <see cref="Roles"/>.</param>
/// <param name="Password">The hash; the password itself is never kept.</param>
public sealed record LocalUser(string UserName, string DisplayName, string? EntityId, IReadOnlyList<string> RoleNames, PasswordHash Password);
