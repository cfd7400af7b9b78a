using System.Text.Json;

namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>Cases: what waits for a person.</summary>
public static class CaseEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/cases").WithTags("cases");
        group.MapGet("", ListCases.HandleAsync).RequireAuthorization(Policies.Read).WithName("list-cases").WithSummary("Cases, the oldest first");
        group.MapGet("/{id}", GetCase.HandleAsync).RequireAuthorization(Policies.Read).WithName("get-case").WithSummary("One case");
        group.MapPost("/{id}/assign", AssignCase.HandleAsync).RequireAuthorization(Policies.Operate).WithMetadata(new AuditRefusals("case_refused"), new Performs(OperationNames.AssignCase))
            .WithName("assign-case").WithSummary("Give it an owner");
        group.MapPost("/{id}/close", CloseCase.HandleAsync).RequireAuthorization(Policies.Operate).WithMetadata(new AuditRefusals("case_refused"), new Performs(OperationNames.CloseCase))
            .WithName("close-case").WithSummary("Close it with evidence and another person's ticket");
        group.MapPost("/{id}/tickets", IssueCaseTicket.HandleAsync).RequireAuthorization(Policies.Approve).WithMetadata(new AuditRefusals("ticket_refused"))
            .WithName("issue-case-ticket").WithSummary("Issue a one-time ticket for its closing");
    }
}

/// <summary>A case as people see it: whose, since when, why, on what evidence, and how it ended.</summary>
public sealed record CaseReply
{
    public required Guid CaseId { get; init; }
    public required Guid SettlementId { get; init; }
    public required string Reference { get; init; }
    public required string EntityId { get; init; }
    public required string Reason { get; init; }

    /// <summary><c>open</c> or <c>resolved</c>.</summary>
    public required string State { get; init; }

    public string? Owner { get; init; }

    /// <summary>An amount that stands in suspense for it.</summary>
    public string? Amount { get; init; }

    public string? Currency { get; init; }
    public required JsonElement Evidence { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Whole hours since it was opened, or until it was closed.</summary>
    public required long AgeHours { get; init; }

    public string? Resolution { get; init; }
    public string? ResolvedBy { get; init; }

    /// <summary>The second person.</summary>
    public string? ApprovedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public static CaseReply Of(CaseOfSettlement row, DateTimeOffset now)
    {
        var one = row.Case;
        return new CaseReply
        {
            CaseId = one.CaseId,
            SettlementId = one.SettlementId!.Value,
            Reference = row.Reference,
            EntityId = row.EntityId,
            Reason = UpperSnake.Lower(one.Reason),
            State = UpperSnake.Lower(one.State),
            Owner = one.Owner,
            Amount = one is { AmountMinor: { } minor, Currency: { } currency } ? MoneyText.Of(minor, currency) : null,
            Currency = one.Currency,
            Evidence = JsonElement.Parse(one.Evidence),
            OpenedAt = one.OpenedAsOf,
            AgeHours = (long)((one.ResolvedAsOf ?? now) - one.OpenedAsOf).TotalHours,
            Resolution = one.Resolution,
            ResolvedBy = one.ResolvedBy,
            ApprovedBy = one.ApprovedBy,
            ResolvedAt = one.ResolvedAsOf,
        };
    }
}
