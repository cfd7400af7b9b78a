using Microsoft.Extensions.Options;
using Settlement.Activities.Instructions;
using Settlement.Database;
using Settlement.Worker.Logging;
using Settlement.Worker.Options;

namespace Settlement.Worker.Relays;

/// <summary>
/// Runs one round after another: at once while there is work, after a pause when there was none, after a growing pause when a round
/// failed. A failure is logged and tried again for ever: these loops end only with the program.
/// </summary>
internal abstract class RelayLoop(string name, TimeSpan idle, ILogger log) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Does one round.</summary>
    /// <returns>Whether there may be more to do at once.</returns>
    protected abstract Task<bool> RoundAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var more = await RoundAsync(stoppingToken);
                failures = 0;
                if (!more)
                    await Task.Delay(idle, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                failures++;
                var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures), LongestPause.TotalSeconds));
                log.RelayFailed(error, name, (int)pause.TotalSeconds);
                await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

/// <summary>Seals new audit entries into the hash chain; of several workers one does, by a lock in the database (ADR 0006).</summary>
internal sealed class AuditSealing(AuditSealer sealer, IOptions<WorkerOptions> options, ILogger<AuditSealing> log)
    : RelayLoop("audit sealer", TimeSpan.FromMilliseconds(options.Value.RelayIdleMilliseconds), log)
{
    private const int Batch = 2_000;

    protected override async Task<bool> RoundAsync(CancellationToken cancellationToken) => await sealer.SealOnceAsync(Batch, cancellationToken) == Batch;
}

/// <summary>
/// Puts committed events in their order for the readers of the table; of several workers one does, by a lock in the database. A broker
/// would be handed them here.
/// </summary>
internal sealed class OutboxRelaying(OutboxRelay relay, IOptions<WorkerOptions> options, ILogger<OutboxRelaying> log)
    : RelayLoop("outbox relay", TimeSpan.FromMilliseconds(options.Value.RelayIdleMilliseconds), log)
{
    private const int Batch = 500;

    protected override async Task<bool> RoundAsync(CancellationToken cancellationToken) =>
        await relay.RelayOnceAsync(publish: null, Batch, cancellationToken) == Batch;
}

/// <summary>
/// Takes in bank messages that no workflow took: its settlement had ended by the time they came. They become redundant, a case, or an amount in
/// suspense; none is dropped.
/// </summary>
internal sealed class LateMessageSweeping(LateMessageSweep sweep, TimeProvider clock, IOptions<WorkerOptions> options, ILogger<LateMessageSweeping> log)
    : RelayLoop("late message sweep", TimeSpan.FromSeconds(options.Value.SweepSeconds), log)
{
    protected override async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await sweep.RunAsync(now, now.AddSeconds(-options.Value.SweepGraceSeconds), cancellationToken);
        return false;
    }
}
