using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Settlement.Database;

/// <summary>Brings a database to the newest schema. Safe to run again, and from several processes at once.</summary>
public static class DatabaseMigrator
{
    // Any constant would do; all processes must use the same.
    private const long AdvisoryLock = 0x5E771E;

    /// <summary>Applies all migrations that are missing, and sets the rights of the roles (<see cref="DatabaseRoles"/>).</summary>
    /// <returns>The names of the migrations that this call applied; empty if there was nothing to do.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        // The lock is held by a session of its own, so that it outlives every transaction of the migrations.
        await using var guard = new NpgsqlConnection(connectionString);
        await guard.OpenAsync(cancellationToken);
        await Sql.ExecuteAsync(guard, Sql.Command("SELECT pg_advisory_lock($1)", AdvisoryLock), cancellationToken);
        try
        {
            await DatabaseRoles.CreateGroupsAsync(guard, cancellationToken);
            await using var context = new SettlementDbContext(SettlementDatabase.Configure(new DbContextOptionsBuilder<SettlementDbContext>(), connectionString).Options);
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToArray();
            if (pending.Length > 0)
                await context.Database.MigrateAsync(cancellationToken);
            await DatabaseRoles.GrantAsync(guard, schemaChanged: pending.Length > 0, cancellationToken);
            return pending;
        }
        finally
        {
            await Sql.ExecuteAsync(guard, Sql.Command("SELECT pg_advisory_unlock($1)", AdvisoryLock), CancellationToken.None);
        }
    }

    /// <summary>Whether this account may migrate: there is no schema yet, or it owns it.</summary>
    public static async Task<bool> MayMigrateAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await Sql.ListAsync(connection, Sql.Command(
            "SELECT coalesce((SELECT pg_has_role(current_user, nspowner, 'USAGE') FROM pg_namespace WHERE nspname = $1), has_database_privilege(current_database(), 'CREATE'))",
            SettlementDbContext.Schema), row => row.GetBoolean(0), cancellationToken)).Single();
    }

    /// <summary>The migrations that a database lacks; for readiness checks. An unreachable database throws.</summary>
    public static async Task<IReadOnlyList<string>> PendingAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken = default)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        return [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];
    }
}
