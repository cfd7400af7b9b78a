using System.Text.Json;
using Npgsql;
using Settlement.Database.Api;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>Issues tickets to signed-in approvers, and refuses those who started the settlement themselves.</summary>
public sealed class TicketDesk(NpgsqlDataSource database, IOptions<ApiOptions> options, TimeProvider clock)
{
    /// <summary>The refusal, when the caller started the settlement.</summary>
    public static ApiProblem? RefuseOwn(SettlementHeader settlement, CurrentUser user) =>
        string.Equals(settlement.StartedBy, user.Name, StringComparison.OrdinalIgnoreCase)
            ? new ApiProblem(ProblemTypes.FourEyes, "You started this settlement; another person must decide on it.")
            : null;

    /// <summary>How long a ticket may be used.</summary>
    public TimeSpan Life => TimeSpan.FromSeconds(options.Value.TicketSeconds);

    /// <summary>Stores a ticket for an action on the settlement.</summary>
    public Task<IssuedTicket> IssueAsync(
        SettlementHeader settlement, string action, string? outcome, CurrentUser user, string reason, string requestId, CancellationToken cancel) =>
        IssueAsync(settlement, new TicketGrant(settlement.SettlementId, action, outcome, user.Name, reason, Life), requestId, cancel);

    /// <summary>Stores a ticket and its audit entry in one transaction.</summary>
    public async Task<IssuedTicket> IssueAsync(SettlementHeader settlement, TicketGrant grant, string requestId, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var issued = await ApprovalTickets.IssueAsync(connection, transaction, grant, cancel);
        await AuditWriter.AppendAsync(connection, Entry(settlement, grant, requestId), cancel);
        await transaction.CommitAsync(cancel);
        return issued;
    }

    private AuditRecord Entry(SettlementHeader settlement, TicketGrant grant, string requestId) =>
        new($"settlement:{settlement.Reference}", "ticket_issued", new Actor(grant.Approver, ActorSource.Api), grant.Reason, clock.GetUtcNow())
        {
            SettlementId = settlement.SettlementId,
            EntityId = settlement.EntityId,
            RequestId = requestId,
            AfterJson = JsonSerializer.Serialize(new { action = grant.Action, outcome = grant.Outcome, case_id = grant.CaseId }),
        };
}
