namespace Settlement.StarterApi.Endpoints.Switches;

/// <summary>One kill switch.</summary>
public sealed record SwitchReply
{
    public required string Name { get; init; }
    public required bool Stopped { get; init; }

    /// <summary>Null for a switch that was never touched.</summary>
    public string? Reason { get; init; }
    public string? ChangedBy { get; init; }
    public string? Source { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }
}
