namespace Temporalio.DevServer.Schedules;

/// <summary>A schedule in memory, as it was last committed.</summary>
internal sealed class ScheduleEntry(ScheduleKey key, ScheduleDocument document, long version)
{
    private volatile ScheduleDocument document = document;

    public ScheduleKey Key { get; } = key;

    /// <summary>Held by whoever changes the schedule, until the change is committed.</summary>
    public SemaphoreSlim Lock { get; } = new(1, 1);

    /// <summary>What is stored. Never changed in place: changes are made to a copy. Readers need no lock.</summary>
    public ScheduleDocument Document => document;

    /// <summary>Of the stored document.</summary>
    public long Version { get; private set; } = version;

    /// <summary>Whether the schedule was deleted; whoever waited for the lock finds out.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether a commit of unknown outcome may have changed what is stored: it is read again before the next change.</summary>
    public bool MayBeBehind { get; set; }

    /// <summary>Whether it is stored and not deleted.</summary>
    public bool IsThere => Version > 0 && !IsDeleted;

    /// <summary>Runs that are watched because a later start must heed them.</summary>
    public IReadOnlyCollection<WorkflowExecution> Running => Document.Info.RunningWorkflows;

    /// <summary>A copy to work on.</summary>
    public Scheduler Work() => new(Document.Clone(), Key.NamespaceId);

    /// <summary>The copy was committed.</summary>
    public void Committed(ScheduleDocument next) => Known(next, Version + 1);

    /// <summary>This is what is stored.</summary>
    public void Known(ScheduleDocument stored, long version) => (document, Version, MayBeBehind) = (stored, version, false);
}

/// <summary>Names a schedule.</summary>
internal readonly record struct ScheduleKey(string NamespaceId, string ScheduleId)
{
    /// <summary>Where it is stored.</summary>
    public DocumentKey Document => new(DocumentKind.Schedule, NamespaceId, ScheduleId);
}
