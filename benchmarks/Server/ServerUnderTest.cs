using Settlement.AppHost.Postgres;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Settlement.Benchmarks.Measures;
using Settlement.Benchmarks.Peers;

namespace Settlement.Benchmarks.Server;

/// <summary>One of the two servers, durable, with an official Go worker of its own.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly PrivatePostgres? postgres;

    private ServerUnderTest(TemporalServer server, PrivatePostgres? postgres, string folder)
    {
        Server = server;
        this.postgres = postgres;
        Peer = new TemporalPeer(server.Address, folder);
    }

    public TemporalServer Server { get; }

    public TemporalPeer Peer { get; }

    /// <summary>Ours: state in a PostgreSQL cluster of its own, whose CPU and memory count as the server's.</summary>
    public static async Task<ServerUnderTest> StartOursAsync(string folder)
    {
        var postgres = await PrivatePostgres.StartAsync(Path.Combine(folder, "postgres"), FreePort.Any(), Path.Combine(folder, "postgres.log"), Console.Error.WriteLine, CancellationToken.None);
        await postgres.CreateDatabaseAsync("temporal", CancellationToken.None);
        var server = TemporalServer.Embedded(FreePort.Any(), postgres.Url("temporal"), Path.Combine(folder, "ours.log"));
        await server.StartAsync(CancellationToken.None);
        return new ServerUnderTest(server, postgres, Path.Combine(folder, "ours"));
    }

    /// <summary>The official dev server, its state in a SQLite file.</summary>
    public static async Task<ServerUnderTest> StartOfficialAsync(string folder)
    {
        var executable = Oracles.TemporalCli ?? throw new UserErrorException("This benchmark compares with the temporal executable of ../shared/temporal, which is not here.");
        var server = TemporalServer.CommandLine(executable, FreePort.Any(), uiPort: null, Path.Combine(folder, "official.db"), Path.Combine(folder, "official.log"));
        await server.StartAsync(CancellationToken.None);
        return new ServerUnderTest(server, postgres: null, Path.Combine(folder, "official"));
    }

    /// <summary>Runs a load and measures the CPU that the server (with its database) and the worker spent on each workflow.</summary>
    public async Task<ServerLoad> LoadAsync(string workflow, int count, int open)
    {
        var cpu = new CpuMeter(Processes());
        var load = await Peer.LoadAsync(workflow, count, open);
        var spent = cpu.MillisecondsPer(count);
        return new ServerLoad(load, spent["server"] + spent.GetValueOrDefault("postgres"), spent.GetValueOrDefault("postgres"), spent["worker"]);
    }

    /// <summary>The most memory that the server has held, in megabytes; PostgreSQL's shared buffers are not counted.</summary>
    public double PeakMegabytes => Memory.PeakMegabytes(Server.Process.Id);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        await Server.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
    }

    private Dictionary<string, int> Processes()
    {
        var processes = new Dictionary<string, int>(StringComparer.Ordinal) { ["server"] = Server.Process.Id, ["worker"] = Peer.WorkerId };
        if (postgres is not null)
            processes["postgres"] = postgres.Process.Id;
        return processes;
    }
}
