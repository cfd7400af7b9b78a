using Settlement.Domain;

namespace Settlement.Database;

/// <summary>A kill switch, optionally for one corridor or currency (name:scope). Table <c>switches</c>.</summary>
public sealed class KillSwitch
{
    public required string Name { get; set; }

    public bool Stopped { get; set; }

    public required string Reason { get; set; }

    public required string ChangedBy { get; set; }

    public ActorSource ChangedSource { get; set; }

    public DateTimeOffset ChangedAsOf { get; set; }
}
