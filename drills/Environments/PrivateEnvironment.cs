using System.Text.Json;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Samples;
using Settlement.AppHost.Temporal;
using Settlement.Database;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Drills.Environments;

/// <summary>
/// Private copies of everything for one drill: an environment in a folder of its own on free ports, and the people who use it. Disposing it stops all of it.
/// </summary>
internal sealed class PrivateEnvironment : IAsyncDisposable
{
    /// <summary>The bank's name in this environment.</summary>
    public const string BankName = EnvironmentSamples.BankName;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly StateFolder state;

    private PrivateEnvironment(StateFolder state, SettlementEnvironment environment, ITemporalClient temporal)
    {
        this.state = state;
        Environment = environment;
        Temporal = temporal;
        Database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        Api = new ApiClient(environment.ApiAddress, environment.Secrets.UserPassword, AnswerLimit);
        Bank = new BankCaller(environment.BankAddress);
    }

    public SettlementEnvironment Environment { get; }

    public ITemporalClient Temporal { get; }

    public NpgsqlDataSource Database { get; }

    public ApiClient Api { get; }

    public BankCaller Bank { get; }

    /// <summary>The bank's journal on disk.</summary>
    public string Journal => Path.Combine(state.Bank, "journal.jsonl");

    /// <summary>Starts everything, with the reference data that every run needs.</summary>
    /// <param name="folder">Folder of the drill.</param>
    /// <param name="temporal">Which Temporal server.</param>
    /// <param name="settings">Added to the environment of bank, worker and API.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped.</param>
    public static async Task<PrivateEnvironment> StartAsync(
        string folder, TemporalChoice temporal, IReadOnlyDictionary<string, string>? settings, CancellationToken cancellationToken)
    {
        var state = StateFolder.At(Path.Combine(folder, "state"));
        var options = new EnvironmentOptions
        {
            State = state,
            Temporal = temporal,
            DocumentedPorts = false,
            WebUi = false,
            Settings = settings ?? new Dictionary<string, string>(),
        };
        var environment = await SettlementEnvironment.StartAsync(options, _ => { }, cancellationToken);
        try
        {
            // Connected here: a lazy one that first meets a server which is down answers otherwise than one that has lost it.
            var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(environment.TemporalAddress));
            var result = new PrivateEnvironment(state, environment, client);
            await EnvironmentSamples.PublishScreeningListAsync(result.Database, cancellationToken);
            return result;
        }
        catch
        {
            await environment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens customers' accounts, and our own account at the bank where it is missing.</summary>
    public Task OpenAccountsAsync(IReadOnlyList<SampleAccount> accounts, CancellationToken cancellationToken) =>
        new SampleAccounts(Database, TimeProvider.System).OpenAsync(accounts, DemoUsers.Entity, BankName, cancellationToken);

    /// <summary>One value of one row. A connection that died with the database's last life is replaced.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var command = Database.CreateCommand(sql);
                return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
            }
            catch (NpgsqlException lost) when (tries == 0 && lost is not PostgresException { IsTransient: false, SqlState: not "57P01" })
            {
                Database.Clear();
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Bank.Dispose();
        await Database.DisposeAsync();
        await Environment.DisposeAsync();
        state.Release();
    }
}

/// <summary>What a caller meets while something is down: no answer, or half of one. Nothing can be concluded from it, and asking again is in order.</summary>
internal static class Unanswered
{
    /// <param name="error">What was thrown.</param>
    /// <param name="cancellationToken">Cancelled: the caller himself gave up, which is something else.</param>
    public static bool Is(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or NpgsqlException or TemporalException or JsonException or IOException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
