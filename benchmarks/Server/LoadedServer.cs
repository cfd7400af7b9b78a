using System.Diagnostics;
using System.Globalization;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Postgres;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Temporalio.Client;

namespace Settlement.Benchmarks.Server;

/// <summary>Our server on a PostgreSQL cluster that <c>temporal-dev load</c>, the documented generator, has filled.</summary>
internal sealed class LoadedServer : IAsyncDisposable
{
    private readonly PrivatePostgres postgres;

    private LoadedServer(PrivatePostgres postgres, TemporalServer server, ITemporalClient client)
    {
        this.postgres = postgres;
        Server = server;
        Client = client;
    }

    public TemporalServer Server { get; }

    public ITemporalClient Client { get; }

    /// <summary>Gets the server and its database, for CPU figures.</summary>
    public IReadOnlyDictionary<string, int> Processes => new Dictionary<string, int>(StringComparer.Ordinal) { ["server"] = Server.Process.Id, ["postgres"] = postgres.Process.Id };

    /// <summary>Fills a new cluster and starts the server on it.</summary>
    /// <param name="state">Private folder.</param>
    /// <param name="kind"><c>closed</c> or <c>waiting</c>.</param>
    /// <param name="count">How many workflows.</param>
    public static async Task<LoadedServer> StartAsync(StateFolder state, string kind, int count)
    {
        var postgres = await PrivatePostgres.StartAsync(Path.Combine(state.Path, "postgres"), FreePort.Any(), Path.Combine(state.Path, "postgres.log"), Console.Error.WriteLine, CancellationToken.None);
        await postgres.CreateDatabaseAsync("temporal", CancellationToken.None);
        var watch = Stopwatch.StartNew();
        await FillAsync(postgres.Url("temporal"), kind, count);
        Console.Error.WriteLine($"{count} {kind} workflows were written in {watch.Elapsed.TotalSeconds:0} s");
        var server = TemporalServer.Embedded(FreePort.Any(), postgres.Url("temporal"), Path.Combine(state.Path, "temporal.log"));
        await server.StartAsync(CancellationToken.None);
        return new LoadedServer(postgres, server, await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(server.Address)));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await postgres.DisposeAsync();
    }

    private static async Task FillAsync(string databaseUrl, string kind, int count)
    {
        string[] arguments = [EmbeddedExecutable.Assembly, "load", $"--{kind}", count.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[EmbeddedExecutable.DatabaseVariable] = databaseUrl;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("temporal-dev load did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"temporal-dev load failed: {await errors}{output}");
    }
}
