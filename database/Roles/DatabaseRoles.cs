using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Settlement.Database;

/// <summary>
/// Least privilege in the database. The group roles are made before the migrations, and what they may do is set anew after
/// them from one script. Where the migrating account may not create roles, they are left out and <see cref="MissingAsync(NpgsqlDataSource, CancellationToken)"/> says so.
/// </summary>
public static class DatabaseRoles
{
    private const string RolesScript = "roles.sql";
    private const string GrantsScript = "grants.sql";

    /// <summary>The role as which the archive's functions run. It has no login and no members besides the schema's owner.</summary>
    public const string Archiver = "settlement_archiver";

    private static readonly string[] All = ["settlement_api", "settlement_worker", "settlement_auditor", Archiver];

    /// <summary>The name of a group role in the cluster.</summary>
    public static string NameOf(DatabaseRole role) => role switch
    {
        DatabaseRole.Api => "settlement_api",
        DatabaseRole.Worker => "settlement_worker",
        DatabaseRole.Auditor => "settlement_auditor",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "no such role"),
    };

    /// <summary>
    /// Creates (or gives a new password to) a user that is a member of a group role. Needs an account that may create roles;
    /// the group roles are made if they are missing.
    /// </summary>
    /// <param name="dataSource">Connects as that account.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="userName">Name of the user.</param>
    /// <param name="password">Its password.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task CreateLoginAsync(
        NpgsqlDataSource dataSource, DatabaseRole role, string userName, string password, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await CreateGroupsAsync(connection, cancellationToken);
        await ExecuteQuotedAsync(connection, Sql.Command("""
            SELECT format(CASE WHEN EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1) THEN 'ALTER' ELSE 'CREATE' END || ' ROLE %I LOGIN PASSWORD %L', $1::text, $2::text)
            UNION ALL
            SELECT format('GRANT %I TO %I', $3::text, $1::text)
            """, userName, password, NameOf(role)), cancellationToken);
    }

    /// <summary>
    /// Creates (or gives a new password to) the user that owns this database, migrates it and creates the other users. It is no
    /// superuser: the functions of the schema run with its rights.
    /// </summary>
    /// <param name="superuser">Connects to the database as a superuser of the cluster.</param>
    /// <param name="userName">Name of the owner.</param>
    /// <param name="password">Its password.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task CreateOwnerAsync(NpgsqlDataSource superuser, string userName, string password, CancellationToken cancellationToken = default)
    {
        await using var connection = await superuser.OpenConnectionAsync(cancellationToken);
        await ExecuteQuotedAsync(connection, Sql.Command("""
            SELECT format(CASE WHEN EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1) THEN 'ALTER' ELSE 'CREATE' END || ' ROLE %I LOGIN CREATEROLE PASSWORD %L', $1::text, $2::text)
            UNION ALL
            SELECT format('ALTER DATABASE %I OWNER TO %I', current_database(), $1::text)
            """, userName, password), cancellationToken);
    }

    /// <summary>The group roles that the cluster lacks; empty if all are there.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await MissingAsync(connection, cancellationToken);
    }

    /// <summary>Creates the group roles that are missing, if this account may.</summary>
    internal static Task CreateGroupsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Sql.ExecuteAsync(connection, Sql.Command(Script(RolesScript)), cancellationToken);

    /// <summary>Sets all rights anew, if the script has changed since it was last applied or the schema has.</summary>
    /// <param name="connection">Connects as the owner of the schema.</param>
    /// <param name="schemaChanged">Whether migrations have just been applied.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    internal static async Task GrantAsync(NpgsqlConnection connection, bool schemaChanged, CancellationToken cancellationToken)
    {
        if ((await MissingAsync(connection, cancellationToken)).Count > 0)
            return;
        var script = Script(GrantsScript);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(script));
        var applied = await Sql.ListAsync(connection, Sql.Command("SELECT sha256 FROM settlement.schema_scripts WHERE name = $1", GrantsScript),
            row => row.GetFieldValue<byte[]>(0), cancellationToken);
        if (!schemaChanged && applied is [var last] && last.AsSpan().SequenceEqual(hash))
            return;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var grants = new NpgsqlCommand(script, connection, transaction))
            await grants.ExecuteNonQueryAsync(cancellationToken);
        await Sql.ExecuteAsync(connection, Sql.Command("""
            INSERT INTO settlement.schema_scripts (name, sha256) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET sha256 = $2, applied_at = clock_timestamp()
            """, GrantsScript, hash), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Utility statements take no parameters: the server itself quotes the names and the password.
    private static async Task ExecuteQuotedAsync(NpgsqlConnection connection, NpgsqlBatchCommand quoting, CancellationToken cancellationToken)
    {
        foreach (var statement in await Sql.ListAsync(connection, quoting, row => row.GetString(0), cancellationToken))
            await Sql.ExecuteAsync(connection, Sql.Command(statement), cancellationToken);
    }

    private static Task<List<string>> MissingAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Sql.ListAsync(connection, Sql.Command("SELECT n FROM unnest($1) AS n WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = n)",
            Sql.Typed(All, NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text)),
            row => row.GetString(0), cancellationToken);

    private static string Script(string name)
    {
        using var stream = typeof(DatabaseRoles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script {name} is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>The group roles that programs and people log in under; what each may do stands in <c>Roles/grants.sql</c>.</summary>
public enum DatabaseRole
{
    /// <summary>The starter API: inserts PENDING settlements and its own tables; moves no money and no state.</summary>
    Api,

    /// <summary>The worker: runs steps; moves money through the ledger's functions only; rewrites nothing.</summary>
    Worker,

    /// <summary>Reads everything but secrets, writes nothing.</summary>
    Auditor,
}
