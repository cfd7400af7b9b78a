using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Settlement.Database;

/// <summary>Connections to the settlement database, and everything of this project for a service collection.</summary>
public static class SettlementDatabase
{
    /// <summary>
    /// Reads <c>DATABASE_URL</c>: a URL (<c>postgres://user:password@host:port/database?sslmode=require</c>) or a connection
    /// string of Npgsql.
    /// </summary>
    /// <exception cref="FormatException">Neither. The message does not repeat the text, which may hold a password.</exception>
    public static string ConnectionString(string databaseUrl)
    {
        try
        {
            if (!databaseUrl.StartsWith("postgres://", StringComparison.Ordinal) && !databaseUrl.StartsWith("postgresql://", StringComparison.Ordinal))
                return new NpgsqlConnectionStringBuilder(databaseUrl).ConnectionString;
            var url = new Uri(databaseUrl);
            var builder = new NpgsqlConnectionStringBuilder { Host = url.Host, Port = url.Port > 0 ? url.Port : 5432 };
            var user = url.UserInfo.Split(':', 2);
            if (user[0].Length > 0)
                builder.Username = Uri.UnescapeDataString(user[0]);
            if (user.Length == 2)
                builder.Password = Uri.UnescapeDataString(user[1]);
            if (url.AbsolutePath.Length > 1)
                builder.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
            foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
                builder[pair[0] == "sslmode" ? "SSL Mode" : Uri.UnescapeDataString(pair[0])] = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "");
            return builder.ConnectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or UriFormatException or KeyNotFoundException)
        {
            throw new FormatException("DATABASE_URL is neither a postgres:// URL nor an Npgsql connection string.");
        }
    }

    /// <summary>
    /// A pooled source of connections. Statements are prepared automatically: the same few dozen are sent for every
    /// settlement, and planning them each time costs more than running them. Sessions are not reset between uses, since
    /// nothing here changes a session's state.
    /// </summary>
    public static NpgsqlDataSource CreateDataSource(string connectionString, Action<NpgsqlConnectionStringBuilder>? configure = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        configure?.Invoke(settings);
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <summary>A context for reading, over the data source's pool; nothing is tracked.</summary>
    public static SettlementDbContext CreateContext(NpgsqlDataSource dataSource)
    {
        var builder = new DbContextOptionsBuilder<SettlementDbContext>();
        Settle(builder.UseNpgsql(dataSource, MigrationsHistory));
        return new SettlementDbContext(builder.Options);
    }

    /// <summary>Registers data source, context, step runner, readers and stores.</summary>
    public static IServiceCollection AddSettlementDatabase(this IServiceCollection services, string connectionString) =>
        services.AddSettlementDatabase(_ => CreateDataSource(connectionString));

    /// <summary>The same over a data source that is made on first use, from options that are validated by then.</summary>
    public static IServiceCollection AddSettlementDatabase(this IServiceCollection services, Func<IServiceProvider, NpgsqlDataSource> dataSource)
    {
        services.AddSingleton(dataSource);
        services.AddDbContextPool<SettlementDbContext>((provider, builder) =>
            Settle(builder.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), MigrationsHistory)));
        services.AddSingleton<StepRunner>();
        services.AddSingleton<BankMessageStore>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<AccountSeeder>();
        services.AddSingleton<OutboxRelay>();
        services.AddSingleton<OutboxReader>();
        services.AddSingleton<AuditSealer>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<Proof.BooksProver>();
        services.AddSingleton<LockSweeper>();
        services.AddSingleton<JobLedger>();
        services.AddSingleton<JobReader>();
        services.AddSingleton<JobFindings>();
        services.AddSingleton<SettlementArchive>();
        services.AddSingleton<ArchiveVerifier>();
        services.AddSingleton<AccountStatements>();
        services.AddSingleton<CustodyBook>();
        services.AddSingleton(provider => new ReferenceDataCache(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<ReferenceDataWriter>();
        services.AddSingleton<RecordedActions>();
        services.AddSingleton<SwitchBoard>();
        services.AddSingleton<ReferenceDataActions>();
        services.AddSingleton<OpenSettlements>();
        services.AddScoped<SettlementReader>();
        services.AddScoped<AccountReader>();
        services.AddScoped<CaseReader>();
        return services;
    }

    internal static DbContextOptionsBuilder<SettlementDbContext> Configure(
        DbContextOptionsBuilder<SettlementDbContext> builder, string connectionString)
    {
        Settle(builder.UseNpgsql(connectionString, MigrationsHistory));
        return builder;
    }

    private static void MigrationsHistory(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder options) =>
        options.MigrationsHistoryTable("schema_migrations", "public");

    private static void Settle(DbContextOptionsBuilder builder) => builder
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        // The schema is SQL under our control (triggers, functions); there is no model snapshot to compare with.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}
