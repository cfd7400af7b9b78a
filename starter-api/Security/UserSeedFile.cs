using System.Text.Json;
using System.Text.RegularExpressions;

namespace Settlement.StarterApi.Security;

/// <summary>
/// Reads the seed file: <c>{"users":[{"username","display_name","entity_id","roles":[…],"password_hash"}]}</c>. A user carries
/// <c>password_hash</c> (see <see cref="PasswordHash"/>) or, for a machine's own generated file, <c>password</c>, which is hashed at
/// load and dropped. Any mistake stops the program with one line.
/// </summary>
public static partial class UserSeedFile
{
    private const long MaxBytes = 1024 * 1024;
    private const int MinPasswordLength = 12;

    /// <exception cref="ConfigurationException">The file is missing, not readable, or breaks a rule.</exception>
    public static IReadOnlyList<LocalUser> Load(string path)
    {
        var file = Read(path);
        if (file.Users is not { Count: > 0 } entries)
            throw Wrong(path, "it names no users");
        // In parallel, because hashing is slow on purpose.
        var users = entries.AsParallel().AsOrdered().Select((entry, index) => ToUser(path, index, entry)).ToList();
        var twice = users.GroupBy(u => u.UserName, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? users : throw Wrong(path, $"user '{twice.Key}' stands there twice");
    }

    private static SeedDocument Read(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
                throw Wrong(path, "it does not exist");
            if (info.Length > MaxBytes)
                throw Wrong(path, $"it is larger than {MaxBytes} bytes");
            return JsonSerializer.Deserialize<SeedDocument>(File.ReadAllBytes(path), ApiJson.Options) ?? throw Wrong(path, "it is empty");
        }
        catch (JsonException wrong)
        {
            throw Wrong(path, $"it is not the expected JSON at {wrong.Path} (line {wrong.LineNumber + 1})");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, wrong.Message);
        }
    }

    private static LocalUser ToUser(string path, int index, SeedUser entry)
    {
        var place = $"users[{index}]";
        if (entry.Username is not { } name || !NameForm().IsMatch(name))
            throw Wrong(path, $"{place}.username must be 1 to 64 of letters, digits, '.', '_', '@', '-'");
        if (entry.EntityId is { } entity && !EntityForm().IsMatch(entity))
            throw Wrong(path, $"{place}.entity_id must be 1 to 64 of letters, digits, '.', '_', '-'");
        if (entry.Roles is not { Count: > 0 } roles)
            throw Wrong(path, $"{place}.roles must name at least one role");
        if (roles.FirstOrDefault(r => !Roles.All.Contains(r)) is { } unknown)
            throw Wrong(path, $"{place}.roles names '{unknown}', which is none of {string.Join(", ", Roles.All)}");
        return new LocalUser(name, entry.DisplayName ?? name, entry.EntityId, roles.Distinct().ToList(), Hash(path, place, entry));
    }

    private static PasswordHash Hash(string path, string place, SeedUser entry) => entry switch
    {
        { PasswordHash: { } text, Password: null } =>
            Security.PasswordHash.TryParse(text) ?? throw Wrong(path, $"{place}.password_hash is not pbkdf2-sha256$iterations$salt$hash with at least {Security.PasswordHash.MinIterations} iterations"),
        { PasswordHash: null, Password: { Length: >= MinPasswordLength } password } => Security.PasswordHash.Create(password),
        { PasswordHash: null, Password: not null } => throw Wrong(path, $"{place}.password is shorter than {MinPasswordLength} characters"),
        _ => throw Wrong(path, $"{place} needs either password_hash or password"),
    };

    private static ConfigurationException Wrong(string path, string what) => new($"Auth:UsersFile (AUTH_USERS_FILE) '{path}': {what}.");

    [GeneratedRegex(@"\A[A-Za-z0-9._@-]{1,64}\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex EntityForm();

    private sealed record SeedDocument(List<SeedUser>? Users);

    private sealed record SeedUser
    {
        public string? Username { get; init; }
        public string? DisplayName { get; init; }
        public string? EntityId { get; init; }
        public List<string>? Roles { get; init; }
        public string? PasswordHash { get; init; }
        public string? Password { get; init; }
    }
}
