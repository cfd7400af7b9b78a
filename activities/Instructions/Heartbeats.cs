using Temporalio.Activities;

namespace Settlement.Activities.Instructions;

/// <summary>
/// Heartbeats while an activity waits for a bank, so that a dead worker is noticed in seconds. Dispose to stop.
/// </summary>
internal sealed class Heartbeats : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    private Heartbeats(ActivityExecutionContext? context) => loop = context is null ? Task.CompletedTask : BeatAsync(context, stop.Token);

    /// <summary>Begins for the current activity; does nothing outside of a worker.</summary>
    public static Heartbeats Start() => new(ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current : null);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private static async Task BeatAsync(ActivityExecutionContext context, CancellationToken stopped)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stopped))
                context.Heartbeat();
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The wait is over: that is what stopping means.
        }
    }
}
