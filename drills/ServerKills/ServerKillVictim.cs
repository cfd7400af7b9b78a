namespace Settlement.Drills.ServerKills;

/// <summary>What gets SIGKILL.</summary>
public enum ServerKillVictim
{
    /// <summary>The dev server.</summary>
    Server,

    /// <summary>The PostgreSQL that keeps its state.</summary>
    Postgres,
}
