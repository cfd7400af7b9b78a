namespace Settlement.Benchmarks.Rollback;

/// <summary>One round: rollbacks finished per second, and milliseconds from rejection to free funds, one per settlement.</summary>
internal sealed record RollbackResult(double PerSecond, IReadOnlyList<double> Milliseconds);
