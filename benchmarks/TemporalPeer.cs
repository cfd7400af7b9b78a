using System.Globalization;
using System.Text.Json;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;

namespace Settlement.Benchmarks;

/// <summary>The official Go SDK's worker and load generator (../shared/temporal/peer), on the same server as ours.</summary>
internal sealed class TemporalPeer : IAsyncDisposable
{
    private readonly string address;
    private readonly string executable;
    private readonly ManagedProcess worker;

    public TemporalPeer(string address, string folder)
    {
        this.address = address;
        executable = Oracles.Peer ?? throw new UserErrorException("This benchmark compares with temporal-peer of ../shared/temporal, which is not here.");
        worker = new ManagedProcess("peer-worker", executable, ["worker", "--address", address], Path.Combine(folder, "peer-worker.log"));
    }

    /// <summary>The worker's process id, for CPU figures.</summary>
    public int WorkerId => worker.Id;

    public void Start() => worker.Start();

    /// <summary>Runs <paramref name="count"/> workflows of five empty activities with <paramref name="open"/> at once and returns what the generator measured.</summary>
    public async Task<PeerLoad> LoadAsync(int count, int open, CancellationToken cancellationToken)
    {
        string[] arguments = ["load", "--address", address, "--workflow", "settle5", "--n", Text(count), "--open", Text(open)];
        var line = JsonElement.Parse(await ProcessResult.OutputAsync(executable, arguments, cancellationToken: cancellationToken));
        return new PeerLoad(line.GetProperty("per_second").GetDouble(), line.GetProperty("p50_ms").GetDouble(), line.GetProperty("p99_ms").GetDouble());
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => worker.DisposeAsync();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the load generator measured: workflows per second and milliseconds from start call to result.</summary>
internal sealed record PeerLoad(double PerSecond, double P50Milliseconds, double P99Milliseconds);
