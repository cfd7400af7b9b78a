namespace Temporalio.DevServer;

/// <summary>Whether a server's time can skip.</summary>
public enum TimeSkipping
{
    /// <summary>Time is the machine's.</summary>
    None,

    /// <summary>Time can skip, and does not until somebody unlocks it: the counter begins with 1.</summary>
    Locked,

    /// <summary>Time skips from the start: the counter begins with 0.</summary>
    Unlocked,
}
