using Microsoft.Extensions.Options;
using Settlement.Database;
using Settlement.Worker.Logging;
using Settlement.Worker.Options;

namespace Settlement.Worker.Relays;

/// <summary>
/// Ends locks whose time is over, which only happens to a settlement that never came to send its instruction: a lock is frozen before
/// that. Business time of a serving worker is the clock's.
/// </summary>
internal sealed class LockSweeping(LockSweeper sweeper, TimeProvider clock, IOptions<WorkerOptions> options, ILogger<LockSweeping> log)
    : RelayLoop("lock sweep", TimeSpan.FromSeconds(options.Value.SweepSeconds), log)
{
    private const int Batch = 200;
    private readonly ILogger<LockSweeping> log = log;

    protected override async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        var expired = await sweeper.SweepAsync(clock.GetUtcNow(), Batch, cancellationToken);
        foreach (var one in expired)
            log.LockExpired(one.SettlementId, one.Attempt);
        return expired.Count == Batch;
    }
}
