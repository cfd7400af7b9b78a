using System.Globalization;
using Settlement.AppHost.Postgres;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;

namespace Settlement.AppHost.Launch;

/// <summary>
/// Everything on one machine: PostgreSQL, a Temporal server, the bank, the worker and the API, each a process of its own that can be
/// stopped, killed and started again. Disposing it stops what it started, in reverse order, and nothing else.
/// </summary>
public sealed class SettlementEnvironment : IAsyncDisposable
{
    private const string DatabaseName = "settlement";
    private const string TemporalDatabaseName = "temporal";
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(90);
    private static readonly HttpClient Health = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly EnvironmentOptions options;
    private readonly RunSecrets secrets;
    private readonly Action<string> say;

    private SettlementEnvironment(EnvironmentOptions options, Action<string> say)
    {
        this.options = options;
        this.say = say;
        secrets = RunSecrets.LoadOrCreate(options.State);
        Ports = options.DocumentedPorts ? EnvironmentPorts.Documented() : EnvironmentPorts.Any();
        Bank = Programs.Bank(this);
        Worker = Programs.Worker(this);
        Api = Programs.Api(this);
    }

    public EnvironmentPorts Ports { get; }

    public StateFolder State => options.State;

    public RunSecrets Secrets => secrets;

    /// <summary>Settings that the caller adds to worker and API.</summary>
    public IReadOnlyDictionary<string, string> Settings => options.Settings;

    /// <summary>The private cluster, or null when DATABASE_URL names another.</summary>
    public PrivatePostgres? Postgres { get; private set; }

    /// <summary>The Temporal server, or null when somebody else's is used.</summary>
    public TemporalServer? Temporal { get; private set; }

    public ManagedProcess Bank { get; }

    public ManagedProcess Worker { get; }

    public ManagedProcess Api { get; }

    /// <summary>The private cluster's users, one per program; null when DATABASE_URL names another cluster.</summary>
    public DatabaseUsers? DatabaseUsers { get; private set; }

    /// <summary>postgres:// URL of the settlement database: of the private cluster's superuser, which is for samples, proofs and tests.</summary>
    public string DatabaseUrl => options.DatabaseUrl ?? Postgres?.Url(DatabaseName) ?? throw new InvalidOperationException("The database is not started.");

    public string TemporalAddress => options.Temporal.Address ?? $"127.0.0.1:{Ports.Temporal}";

    public Uri ApiAddress => Local(Ports.Api);

    public Uri BankAddress => Local(Ports.Bank);

    /// <summary>The Web UI of the dev server that this environment started, or null.</summary>
    public Uri? WebUiAddress => Temporal?.UiPort is { } port ? Local(port) : null;

    /// <summary>Starts everything and waits until every program says that it is ready.</summary>
    /// <param name="options">What to start, and where.</param>
    /// <param name="say">Told each step, for the user to watch.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped.</param>
    public static async Task<SettlementEnvironment> StartAsync(EnvironmentOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(say);
        var environment = new SettlementEnvironment(options, say);
        try
        {
            await environment.StartAllAsync(cancellationToken);
            return environment;
        }
        catch
        {
            await environment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the worker (again) and waits until it is ready.</summary>
    public Task StartWorkerAsync(CancellationToken cancellationToken) => StartProgramAsync(Worker, Local(Ports.Worker, "/health/ready"), cancellationToken);

    /// <summary>Starts the API (again) and waits until it is ready.</summary>
    public Task StartApiAsync(CancellationToken cancellationToken) => StartProgramAsync(Api, Local(Ports.Api, "/health/ready"), cancellationToken);

    /// <summary>Starts the bank (again) and waits until it is ready.</summary>
    public Task StartBankAsync(CancellationToken cancellationToken) => StartProgramAsync(Bank, Local(Ports.Bank, "/health"), cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Worker.DisposeAsync();
        await Bank.DisposeAsync();
        if (Temporal is not null)
            await Temporal.DisposeAsync();
        if (Postgres is not null)
            await Postgres.DisposeAsync();
    }

    internal string LogFile(string program) => Path.Combine(State.Logs, program + ".log");

    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        await StartDatabaseAsync(cancellationToken);
        await StartTemporalAsync(cancellationToken);
        DemoUsers.Write(State, secrets.UserPassword);
        say(Text($"Bank simulator    {BankAddress}"));
        await StartBankAsync(cancellationToken);
        if (options.Programs)
            await StartProgramsAsync(cancellationToken);
        new RunAddresses(DatabaseUrl, options.DatabaseUrl is null, TemporalAddress, options.Temporal.AsOption, BankAddress).Write(State);
    }

    private async Task StartProgramsAsync(CancellationToken cancellationToken)
    {
        // The API waits for the worker's migrations, so both may start at once.
        say(Text($"Worker            health on {Local(Ports.Worker)}"));
        say(Text($"Starter API       {ApiAddress}"));
        await Task.WhenAll(StartWorkerAsync(cancellationToken), StartApiAsync(cancellationToken));
    }

    private async Task StartDatabaseAsync(CancellationToken cancellationToken)
    {
        if (options.DatabaseUrl is not null)
        {
            say("PostgreSQL        as DATABASE_URL says");
            return;
        }

        say(Text($"PostgreSQL        127.0.0.1:{Ports.Postgres}, a private cluster"));
        Postgres = await PrivatePostgres.StartAsync(State.Postgres, Ports.Postgres, LogFile("postgres"), say, cancellationToken);
        await Postgres.CreateDatabaseAsync(DatabaseName, cancellationToken);
        DatabaseUsers = await DatabaseUsers.CreateAsync(Postgres, DatabaseName, cancellationToken);
        say("                  worker and API log in as users of their own, with no more rights than they need");
    }

    private async Task StartTemporalAsync(CancellationToken cancellationToken)
    {
        say(Text($"Temporal          {TemporalAddress} ({options.Temporal.Origin})"));
        Temporal = options.Temporal.Kind switch
        {
            TemporalServerKind.Embedded => TemporalServer.Embedded(Ports.Temporal, options.DurableTemporal ? await TemporalDatabaseAsync(cancellationToken) : null, LogFile("temporal")),
            TemporalServerKind.TimeSkipping => TemporalServer.TimeSkipping(Ports.Temporal, LogFile("temporal")),
            TemporalServerKind.CommandLine => TemporalServer.CommandLine(
                options.Temporal.Executable!, Ports.Temporal, options.WebUi ? Ports.WebUi : null, options.DurableTemporal ? State.TemporalDatabase : null, LogFile("temporal")),
            _ => null,
        };
        if (Temporal is not null)
            await Temporal.StartAsync(cancellationToken);
    }

    /// <summary>A database of its own in the private cluster; in somebody else's database the server has its own schema.</summary>
    private async Task<string> TemporalDatabaseAsync(CancellationToken cancellationToken)
    {
        if (Postgres is null)
            return DatabaseUrl;
        await Postgres.CreateDatabaseAsync(TemporalDatabaseName, cancellationToken);
        return Postgres.Url(TemporalDatabaseName);
    }

    private static Task StartProgramAsync(ManagedProcess process, Uri health, CancellationToken cancellationToken) =>
        process.StartAsync(token => IsHealthyAsync(health, token), ReadyLimit, cancellationToken);

    private static async Task<bool> IsHealthyAsync(Uri health, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Health.GetAsync(health, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static Uri Local(int port, string path = "/") => new(Text($"http://127.0.0.1:{port}{path}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What to start, and where.</summary>
public sealed record EnvironmentOptions
{
    /// <summary>Holds everything that the run writes.</summary>
    public required StateFolder State { get; init; }

    /// <summary>Which Temporal server.</summary>
    public required TemporalChoice Temporal { get; init; }

    /// <summary>A database that somebody else runs (DATABASE_URL), or null for a private cluster.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>True: the documented ports, or the next free ones. False: any free ports, for tests that run side by side.</summary>
    public bool DocumentedPorts { get; init; } = true;

    /// <summary>False leaves the official dev server's Web UI out.</summary>
    public bool WebUi { get; init; } = true;

    /// <summary>Whether the Temporal server keeps its state when it ends (ours in PostgreSQL, the official one in a file). Tests that never restart it may go without.</summary>
    public bool DurableTemporal { get; init; } = true;

    /// <summary>False starts what holds the books (database, Temporal, bank) without worker and API, so that nothing moves: for a proof at rest.</summary>
    public bool Programs { get; init; } = true;

    /// <summary>Settings added to worker and API, by environment name; they win over what the launcher sets.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>The ports of one run, all on 127.0.0.1.</summary>
public sealed record EnvironmentPorts(int Postgres, int Temporal, int WebUi, int Bank, int Worker, int Api)
{
    private const int PostgresPort = 5433;
    private const int TemporalPort = 7233;
    private const int WebUiPort = 8233;
    private const int BankPort = 8090;
    private const int WorkerPort = 8087;
    private const int ApiPort = 8086;

    /// <summary>The documented ports where they are free, else the next free ones.</summary>
    public static EnvironmentPorts Documented()
    {
        var taken = new HashSet<int>();
        int At(int preferred) => FreePort.AtOrAbove(preferred, taken);
        // The fixed order keeps neighbours apart: the API's port is asked for before the worker's.
        var (postgres, temporal, ui, bank, api) = (At(PostgresPort), At(TemporalPort), At(WebUiPort), At(BankPort), At(ApiPort));
        return new EnvironmentPorts(postgres, temporal, ui, bank, At(WorkerPort), api);
    }

    /// <summary>Any free ports.</summary>
    public static EnvironmentPorts Any() => new(FreePort.Any(), FreePort.Any(), FreePort.Any(), FreePort.Any(), FreePort.Any(), FreePort.Any());
}
