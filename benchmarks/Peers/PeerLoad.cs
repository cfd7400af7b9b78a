namespace Settlement.Benchmarks.Peers;

/// <summary>What the load generator measured: workflows per second and milliseconds from start call to result.</summary>
internal sealed record PeerLoad(double PerSecond, double P50Milliseconds, double P99Milliseconds);
