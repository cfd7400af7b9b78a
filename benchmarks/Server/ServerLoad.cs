using Settlement.Benchmarks.Peers;

namespace Settlement.Benchmarks.Server;

/// <summary>One load on one server.</summary>
/// <param name="Load">What the generator measured.</param>
/// <param name="ServerCpuMilliseconds">CPU per workflow of the server and its database.</param>
/// <param name="PostgresCpuMilliseconds">The database's share of it; 0 where it is inside the server.</param>
/// <param name="WorkerCpuMilliseconds">CPU per workflow of the official Go worker.</param>
internal sealed record ServerLoad(PeerLoad Load, double ServerCpuMilliseconds, double PostgresCpuMilliseconds, double WorkerCpuMilliseconds);
