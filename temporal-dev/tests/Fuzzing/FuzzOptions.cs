namespace Temporalio.Fuzzing;

/// <summary>What to attack, and how much.</summary>
/// <param name="Address">The server, <c>http://host:port</c>, HTTP/2 without TLS.</param>
/// <param name="Seed">Fixes every case. The order in which the server sees concurrent cases it cannot fix.</param>
/// <param name="Cases">How many.</param>
/// <param name="AtOnce">How many at the same time.</param>
public sealed record FuzzOptions(Uri Address, int Seed, int Cases, int AtOnce = 8)
{
    /// <summary>Gets the number of the only case to run, to look at one finding again; null for all.</summary>
    public int? OnlyCase { get; init; }
}
