using System.Collections.Concurrent;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;

namespace Settlement.Drills.Simulation;

/// <summary>Starts every process of an environment again that has ended, whatever ended it: what a service manager does on a server.</summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>A program that cannot start yet (its database is away) is not started again at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    private readonly IReadOnlyList<ManagedProcess> processes;
    private readonly EventLog log;
    private readonly ConcurrentDictionary<string, DateTimeOffset> notBefore = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    public Supervisor(SettlementEnvironment environment, EventLog log)
    {
        this.log = log;
        processes = [.. new[] { environment.Postgres?.Process, environment.Temporal?.Process, environment.Bank, environment.Worker, environment.Api }.OfType<ManagedProcess>()];
        loop = WatchAsync();
    }

    /// <summary>SIGKILL now, and started again no sooner than after this many milliseconds.</summary>
    public async Task KillAsync(ManagedProcess process, int milliseconds)
    {
        notBefore[process.Name] = DateTimeOffset.UtcNow.AddMilliseconds(milliseconds);
        log.Write("killed", ("process", process.Name));
        await process.KillAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var process in processes.Where(p => p.HasExited))
            {
                var now = DateTimeOffset.UtcNow;
                if (notBefore.TryGetValue(process.Name, out var earliest) && now < earliest)
                    continue;
                notBefore[process.Name] = now + Pause;
                process.Start();
                log.Write("started", ("process", process.Name));
            }

            await Task.Delay(Look, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
