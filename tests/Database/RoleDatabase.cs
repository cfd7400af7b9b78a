using Npgsql;

namespace Settlement.Database.Tests;

/// <summary>A bank with one settled payment, and one user of each role.</summary>
public sealed class RoleDatabase : TestDatabase, IAsyncLifetime
{
    private readonly Dictionary<DatabaseRole, NpgsqlDataSource> sources = [];

    internal Bank Bank { get; private set; } = null!;

    /// <summary>Connections of a user of this role and of no other.</summary>
    public NpgsqlDataSource As(DatabaseRole role) => sources[role];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Bank = await Bank.OpenAsync(DataSource);
        await Bank.SettleAsync();
        foreach (var role in Enum.GetValues<DatabaseRole>())
        {
            var name = $"test_{Guid.NewGuid():N}";
            await DatabaseRoles.CreateLoginAsync(DataSource, role, name, "for this test only");
            sources[role] = SettlementDatabase.CreateDataSource(
                new NpgsqlConnectionStringBuilder(ConnectionString) { Username = name, Password = "for this test only" }.ConnectionString);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        var users = sources.Values.Select(source => new NpgsqlConnectionStringBuilder(source.ConnectionString).Username!).ToList();
        foreach (var source in sources.Values)
            await source.DisposeAsync();
        foreach (var user in users)
            await SqlAsync($"DROP ROLE {user}");
        await base.DisposeAsync();
    }
}
