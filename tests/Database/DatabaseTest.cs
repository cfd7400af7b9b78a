using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>A test class each of whose tests has a database of its own.</summary>
public abstract class DatabaseTest : IAsyncLifetime
{
    protected static readonly DateTimeOffset Now = Bank.Now;
    protected static readonly Actor Tester = new("tester", ActorSource.Workflow);

    private readonly TestDatabase database = new();

    protected NpgsqlDataSource DataSource => database.DataSource;

    protected StepRunner Runner => database.Runner;

    public virtual ValueTask InitializeAsync() => database.InitializeAsync();

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    protected static StepKey Key(Guid settlement, StepName step, int attempt = 1) => new(settlement, attempt, step);

    protected static Money Usd(long minor) => new(minor, Currency.Usd);

    /// <inheritdoc cref="TestDatabase.ScalarAsync"/>
    protected Task<T> ScalarAsync<T>(string sql) => database.ScalarAsync<T>(sql);

    /// <inheritdoc cref="TestDatabase.SqlAsync"/>
    protected Task<int> SqlAsync(string sql) => database.SqlAsync(sql);
}
