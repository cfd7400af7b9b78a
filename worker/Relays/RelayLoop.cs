using Settlement.Worker.Logging;

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
