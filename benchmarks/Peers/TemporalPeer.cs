using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;

namespace Settlement.Benchmarks.Peers;

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

    /// <summary>Runs <paramref name="count"/> workflows with <paramref name="open"/> at once and returns the generator's line.</summary>
    public async Task<PeerLoad> LoadAsync(string workflow, int count, int open)
    {
        string[] arguments = ["load", "--address", address, "--workflow", workflow, "--n", Text(count), "--open", Text(open)];
        using var process = Process.Start(new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException("temporal-peer did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"temporal-peer load failed: {output}");
        using var line = JsonDocument.Parse(output);
        return new PeerLoad(Number(line, "per_second"), Number(line, "p50_ms"), Number(line, "p99_ms"));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => worker.DisposeAsync();

    private static double Number(JsonDocument line, string name) => line.RootElement.GetProperty(name).GetDouble();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
