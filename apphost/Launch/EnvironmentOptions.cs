using Settlement.AppHost.Temporal;

namespace Settlement.AppHost.Launch;

/// <summary>What to start, and where.</summary>
public sealed record EnvironmentOptions
{
    /// <summary>Holds everything that the run writes.</summary>
    public required StateFolder State { get; init; }

    /// <summary>Which Temporal server.</summary>
    public required TemporalChoice Temporal { get; init; }

    /// <summary>A database that somebody else runs (DATABASE_URL), or null for a private cluster.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>True: the documented ports, or the next free ones. False: any free ports, for tests that run side by side.</summary>
    public bool DocumentedPorts { get; init; } = true;

    /// <summary>False leaves the official dev server's Web UI out.</summary>
    public bool WebUi { get; init; } = true;

    /// <summary>Whether the Temporal server keeps its state when it ends (ours in PostgreSQL, the official one in a file). Tests that never restart it may go without.</summary>
    public bool DurableTemporal { get; init; } = true;

    /// <summary>False starts what holds the books (database, Temporal, bank) without worker and API, so that nothing moves: for a proof at rest.</summary>
    public bool Programs { get; init; } = true;

    /// <summary>Settings added to worker and API, by environment name; they win over what the launcher sets.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
