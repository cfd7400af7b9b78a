namespace Settlement.AppHost.Temporal;

/// <summary>Where a run's Temporal server comes from.</summary>
public enum TemporalServerKind
{
    /// <summary>The server of this repository, durable in PostgreSQL or in memory.</summary>
    Embedded,

    /// <summary>The server of this repository in memory, whose clock stands still unless it is moved.</summary>
    TimeSkipping,

    /// <summary>The official dev server, started from a <c>temporal</c> executable.</summary>
    CommandLine,

    /// <summary>Somebody else runs it.</summary>
    External,
}
