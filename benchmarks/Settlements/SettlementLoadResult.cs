namespace Settlement.Benchmarks.Settlements;

/// <summary>One round: settlements per second, and milliseconds from POST to result.</summary>
internal sealed record SettlementLoadResult(double PerSecond, double P50Milliseconds, double P99Milliseconds);
