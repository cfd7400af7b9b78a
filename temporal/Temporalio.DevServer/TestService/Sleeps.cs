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
    /// <param name="atEnd">Done before the sleeper stops holding the clock: what locks it then finds it where the sleeper woke.</param>
    /// <param name="cancellationToken">Wakes it before.</param>
    public async Task UntilAsync(DateTimeOffset due, Action? atEnd, CancellationToken cancellationToken)
    {
        var sleeper = new object();
        times.Set(sleeper, due);
        try
        {
            await clock.WaitUntilAsync(due, cancellationToken);
        }
        finally
        {
            atEnd?.Invoke();
            times.Set(sleeper, null);
        }
    }
}
