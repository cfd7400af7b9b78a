namespace Settlement.StarterApi.Endpoints.Switches;

/// <summary>The kill switches.</summary>
public static class SwitchEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/switches").RequireAuthorization(Policies.Administer).WithTags("switches");
        group.MapGet("", ListSwitches.HandleAsync).WithName("list-switches").WithSummary("All kill switches, with who changed them last and why");
        group.MapPut("", SetSwitch.HandleAsync).WithMetadata(new AuditRefusals("switch_refused"), new Performs(OperationNames.SetSwitch))
            .WithName("set-switch").WithSummary("Stop or release; effective within a second");
    }
}

/// <summary>GET /api/v1/switches: the five general ones always, and every scope that was ever touched.</summary>
public static class ListSwitches
{
    public static async Task<Ok<ListReply<SwitchReply>>> HandleAsync(SwitchBoard board, CancellationToken cancel)
    {
        var known = (await board.ListAsync(cancel)).ToDictionary(one => one.Name, StringComparer.Ordinal);
        var names = SwitchName.All.Concat(known.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return Replies.All(names, name => Reply(name, known.GetValueOrDefault(name)));
    }

    private static SwitchReply Reply(string name, KillSwitch? one) => new()
    {
        Name = name,
        Stopped = one?.Stopped ?? false,
        Reason = one?.Reason,
        ChangedBy = one?.ChangedBy,
        Source = one is null ? null : UpperSnake.Lower(one.ChangedSource),
        ChangedAt = one?.ChangedAsOf,
    };
}

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
