namespace Settlement.Benchmarks.Records;

/// <summary>One alternating round: ours, then the peer, under the same conditions.</summary>
internal sealed record BenchmarkRound(double Ours, double Peer);
