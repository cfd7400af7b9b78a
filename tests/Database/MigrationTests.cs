using Settlement.TestSupport;

namespace Settlement.Database.Tests;

public class MigrationTests
{
    [Fact]
    public async Task MigrateAsync_FromManyProcessesAtOnce_AppliesEachOnce()
    {
        var connectionString = await PostgresFixture.CreateDatabaseAsync();
        try
        {
            var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DatabaseMigrator.MigrateAsync(connectionString)));
            applied.Count(names => names.Count > 0).ShouldBe(1);
            (await DatabaseMigrator.MigrateAsync(connectionString)).ShouldBeEmpty("a second run has nothing to do");
            await using var source = SettlementDatabase.CreateDataSource(connectionString);
            (await DatabaseMigrator.PendingAsync(source)).ShouldBeEmpty();
        }
        finally
        {
            await PostgresFixture.DropDatabaseAsync(connectionString);
        }
    }

    [Fact]
    public async Task Scripts_RunAgainByHand_ChangeNothing()
    {
        var connectionString = await PostgresFixture.CreateDatabaseAsync();
        try
        {
            await DatabaseMigrator.MigrateAsync(connectionString);
            await using var source = SettlementDatabase.CreateDataSource(connectionString);
            var assembly = typeof(SettlementDbContext).Assembly;
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                await using var command = source.CreateCommand(await reader.ReadToEndAsync());
                await Should.NotThrowAsync(() => command.ExecuteNonQueryAsync(), name);
            }
        }
        finally
        {
            await PostgresFixture.DropDatabaseAsync(connectionString);
        }
    }

    [Theory]
    [InlineData("postgres://bob:p%40ss@db.example:5433/bank?sslmode=require", "db.example", 5433, "bob", "p@ss", "bank")]
    [InlineData("postgresql://db.example/bank", "db.example", 5432, null, null, "bank")]
    [InlineData("Host=db.example;Port=1;Username=u;Password=p;Database=d", "db.example", 1, "u", "p", "d")]
    public void ConnectionString_UrlOrKeywords_AreBothRead(string text, string host, int port, string? user, string? password, string database)
    {
        var read = new Npgsql.NpgsqlConnectionStringBuilder(SettlementDatabase.ConnectionString(text));
        (read.Host, read.Port, read.Username, read.Password, read.Database).ShouldBe((host, port, user, password, database));
    }

    [Theory]
    [InlineData("Secret=topsecret")]
    [InlineData("postgres://u:topsecret@:::/x")]
    [InlineData("postgres://u:topsecret@h/x?nonsense=1")]
    public void ConnectionString_Unreadable_IsRefusedWithoutRepeatingIt(string text) =>
        Should.Throw<FormatException>(() => SettlementDatabase.ConnectionString(text)).Message.ShouldNotContain("topsecret");
}
