namespace Settlement.Activities.Jobs;

/// <summary>What a job is told, and what it reports.</summary>
/// <param name="slot">The scheduled instant that the run is for.</param>
/// <param name="asOf">Business time.</param>
/// <param name="alive">Called after each piece of work: the run is not stuck.</param>
public sealed class JobContext(DateTimeOffset slot, DateTimeOffset asOf, Action alive)
{
    /// <summary>Findings that are kept word for word; the rest is counted.</summary>
    public const int MaxListed = 50;

    private readonly List<string> findings = [];

    public DateTimeOffset Slot { get; } = slot;

    public DateTimeOffset AsOf { get; } = asOf;

    /// <summary>How many things were changed.</summary>
    public int Changed { get; private set; }

    /// <summary>How many things a person should look at.</summary>
    public int FindingCount { get; private set; }

    public IReadOnlyList<string> Findings => findings;

    /// <summary>Reports work done, and that the run lives.</summary>
    public void Report(int changed = 0)
    {
        Changed += changed;
        alive();
    }

    /// <summary>Reports something that a person should look at, in one line without personal data.</summary>
    public void Find(string finding)
    {
        FindingCount++;
        if (findings.Count < MaxListed)
            findings.Add(finding);
    }
}
