namespace Temporalio.DevServer.Executions;

/// <summary>Fresh names from the system's random source. Safe for concurrent calls.</summary>
internal sealed class SystemIds : IIds
{
    // Task ids only have to grow within a run, also over restarts: they begin where the clock stands.
    private long taskId = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 10;

    public string NewUuid() => Guid.NewGuid().ToString("D");

    public long NextTaskId() => Interlocked.Increment(ref taskId);

    public double NextFraction() => Random.Shared.NextDouble();
}
