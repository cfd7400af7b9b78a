using Microsoft.Extensions.Options;
using Settlement.Activities.Instructions;
using Settlement.Worker.Options;

namespace Settlement.Worker.Relays;

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
