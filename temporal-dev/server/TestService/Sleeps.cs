using Temporalio.DevServer.Clock;

namespace Temporalio.DevServer.TestService;

/// <summary>Callers who wait for a time. Each is a reason for the clock to skip to it.</summary>
internal sealed class Sleeps
{
    private readonly IServerClock clock;
    private readonly DueTimes<object> times = new();

    public Sleeps(IServerClock clock)
    {
        this.clock = clock;
        clock.AddSource(() => times.Earliest);
    }

    /// <summary>Returns when the server's time has come to <paramref name="due"/>.</summary>
    /// <param name="due">When.</param>
    /// <param name="cancellationToken">Wakes it before.</param>
    public Task UntilAsync(DateTimeOffset due, CancellationToken cancellationToken) => UntilAsync(due, () => true, () => { }, cancellationToken);

    /// <summary>As above, and says what is to be done around the sleep while the clock knows of it, so that it cannot skip past the sleeper's time.</summary>
    /// <param name="due">When.</param>
    /// <param name="tryBegin">Done when the clock knows the sleeper's time: what unlocks it then cannot make it go further. False: there is no sleep, and no end of one.</param>
    /// <param name="end">Done before the sleeper stops holding the clock: what locks it then finds it where the sleeper woke.</param>
    /// <param name="cancellationToken">Wakes it before.</param>
    /// <returns>What <paramref name="tryBegin"/> said.</returns>
    public async Task<bool> UntilAsync(DateTimeOffset due, Func<bool> tryBegin, Action end, CancellationToken cancellationToken)
    {
        var sleeper = new object();
        times.Set(sleeper, due);
        try
        {
            if (!tryBegin())
                return false;
            try
            {
                await clock.WaitUntilAsync(due, cancellationToken);
                return true;
            }
            finally
            {
                end();
            }
        }
        finally
        {
            times.Set(sleeper, null);
        }
    }
}
