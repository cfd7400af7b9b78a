namespace Temporalio.DevServer.Clock;

/// <summary>
/// Hands out keys as they become due, several at a time. Time is held from the moment a key is taken out until it has been dealt with, so that a clock that
/// skips cannot pass over what follows from it.
/// </summary>
/// <typeparam name="TKey">What is due.</typeparam>
internal sealed class DueLoop<TKey> : IAsyncDisposable
    where TKey : notnull
{
    private readonly DueTimes<TKey> times;
    private readonly IServerClock clock;
    private readonly Func<TKey, Task> fire;
    private readonly SemaphoreSlim room;
    private readonly int atOnce;
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim earlier = new(0, 1);
    private Task loop = Task.CompletedTask;

    /// <param name="times">Who is due when.</param>
    /// <param name="clock">Whose time counts.</param>
    /// <param name="fire">Deals with one key. It must not throw: what fails, it sets again or gives up itself.</param>
    /// <param name="atOnce">How many are dealt with at the same time.</param>
    public DueLoop(DueTimes<TKey> times, IServerClock clock, Func<TKey, Task> fire, int atOnce)
    {
        (this.times, this.clock, this.fire, this.atOnce) = (times, clock, fire, atOnce);
        room = new SemaphoreSlim(atOnce, atOnce);
        clock.AddSource(() => times.Earliest);
        times.Earlier += Wake;
    }

    /// <summary>Begins.</summary>
    public void Start() => loop = Task.Run(RunAsync, CancellationToken.None);

    /// <summary>Ends, after those in hand are done.</summary>
    public async ValueTask DisposeAsync()
    {
        times.Earlier -= Wake;
        await stopping.CancelAsync();
        await loop;
        for (var i = 0; i < atOnce; i++)
            await room.WaitAsync();
        stopping.Dispose();
        room.Dispose();
    }

    private void Wake()
    {
        lock (earlier)
        {
            if (earlier.CurrentCount == 0)
                earlier.Release();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await WaitForNextAsync();
                await FireDueAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task WaitForNextAsync()
    {
        using var sooner = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var signal = earlier.WaitAsync(sooner.Token);
        if (times.Earliest is { } due)
        {
            await Task.WhenAny(signal, clock.WaitUntilAsync(due, sooner.Token));
            await sooner.CancelAsync();
        }

        try
        {
            await signal;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // It is time; nobody came earlier.
        }
    }

    private async Task FireDueAsync()
    {
        while (times.Earliest <= clock.Now)
        {
            await room.WaitAsync(stopping.Token);
            var hold = clock.Hold();
            if (times.TryTake(clock.Now, out var key))
            {
                _ = FireAsync(key, hold);
                continue;
            }

            hold.Dispose();
            room.Release();
        }
    }

    private async Task FireAsync(TKey key, IDisposable hold)
    {
        try
        {
            // Off the loop: dealing with one key must not delay the others.
            await Task.Yield();
            await fire(key);
        }
        finally
        {
            hold.Dispose();
            room.Release();
        }
    }
}
