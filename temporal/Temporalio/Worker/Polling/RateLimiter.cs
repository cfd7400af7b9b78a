namespace Temporalio.Worker.Polling;

/// <summary>Spaces out polls so that no more than a number of tasks per second can arrive.</summary>
internal sealed class RateLimiter
{
    private readonly TimeProvider time;
    private readonly TimeSpan spacing;
    private readonly Lock gate = new();
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <summary>Initializes a new instance of the <see cref="RateLimiter"/> class.</summary>
    /// <param name="perSecond">Tasks per second, above zero.</param>
    /// <param name="time">Clock.</param>
    internal RateLimiter(double perSecond, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(perSecond, 0);
        this.time = time;
        spacing = TimeSpan.FromSeconds(1 / perSecond);
    }

    /// <summary>Waits for the caller's turn. Turns are given in order of asking.</summary>
    /// <param name="cancellationToken">Ends the wait; the turn is lost.</param>
    /// <returns>Task that ends when it is the caller's turn.</returns>
    internal Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetUtcNow();
            var turn = next > now ? next : now;
            next = turn + spacing;
            wait = turn - now;
        }
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, cancellationToken);
    }
}
