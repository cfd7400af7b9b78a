using Settlement.Domain;

namespace Settlement.AppHost.Samples.Pace;

/// <summary>Time passes by itself; the interval only spares the API.</summary>
public sealed class RealPace(TimeSpan interval) : ISamplePace
{
    public Task PassAsync(SettlementStatus seen, CancellationToken cancellationToken) => Task.Delay(interval, cancellationToken);

    public void Leave()
    {
        // Nobody waits for anybody.
    }
}
