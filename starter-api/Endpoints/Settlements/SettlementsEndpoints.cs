using Settlement.StarterApi.Endpoints.Actions;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>The settlements resource under both of its names, with everything below one settlement.</summary>
public static class SettlementsEndpoints
{
    // The prefix keeps the operation ids of the two names apart.
    private static readonly (string Path, string Names)[] Paths = [("/settlements", ""), ("/api/v1/settlements", "v1-")];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, names) in Paths)
        {
            var group = routes.MapGroup(path);
            MapReads(group, names);
            group.MapPost("", CreateSettlement.HandleAsync).RequireAuthorization(Policies.Start).WithMetadata(new AuditRefusals("create_refused"), new TakesIdempotencyKey(Required: true))
                .WithName(names + "create-settlement").WithSummary("Start a settlement").WithTags("settlements");
            group.MapPost("/{id}/tickets", IssueTicket.HandleAsync).RequireAuthorization(Policies.Approve).WithMetadata(new AuditRefusals("ticket_refused"))
                .WithName(names + "issue-ticket").WithSummary("Issue a one-time approval ticket").WithTags("actions");
            ActionEndpoints.Map(group, names);
        }

        routes.MapGet("/api/v1/settlement/pending", ListPending.HandleAsync).RequireAuthorization(Policies.Read)
            .WithName("list-pending").WithSummary("Settlements that have not ended").WithTags("settlements");
    }

    private static void MapReads(RouteGroupBuilder group, string names)
    {
        var reads = group.MapGroup("").RequireAuthorization(Policies.Read).WithTags("settlements");
        reads.MapGet("", ListSettlements.HandleAsync).WithName(names + "list-settlements").WithSummary("Settlements, newest first");
        reads.MapGet("/{id}", GetSettlement.HandleAsync).WithName(names + "get-settlement").WithSummary("One settlement, by id or reference");
        reads.MapGet("/{id}/history", GetHistory.HandleAsync).WithName(names + "get-history").WithSummary("Its changes of state, oldest first");
        reads.MapGet("/{id}/checkpoints", GetCheckpoints.HandleAsync).WithName(names + "get-checkpoints").WithSummary("Its executed steps, oldest first");
        reads.MapGet("/{id}/events", GetEvents.HandleAsync).WithName(names + "get-events").WithSummary("Its events, oldest first");
    }
}
