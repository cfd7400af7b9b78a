using Settlement.Database.Api;
using Settlement.StarterApi.Endpoints.Actions;

namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>POST /api/v1/cases/{id}/tickets: an approver agrees that the case may be closed.</summary>
public static class IssueCaseTicket
{
    public static async Task<Results<Created<TicketReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, CaseReader reader, SettlementHeaders headers, TicketDesk desk)
    {
        var errors = new FieldErrors();
        errors.RequireProse("/reason", body.Value.Reason, OperatorAction.MaxReasonLength);
        if (errors.Problem() is { } wrong)
            return wrong;
        var cancel = context.RequestAborted;
        if (await GetCase.FindAsync(reader, id, user.ActionScope, cancel) is not { } row
            || await headers.FindAsync(row.Reference, user.ActionScope, cancel) is not { } settlement)
            return new ApiProblem(ProblemTypes.NotFound);
        if (TicketDesk.RefuseOwn(settlement, user) is { } own)
            return own;
        var grant = new TicketGrant(settlement.SettlementId, TicketAction.CloseCase, null, user.Name, body.Value.Reason, desk.Life) { CaseId = row.Case.CaseId };
        var issued = await desk.IssueAsync(settlement, grant, context.TraceIdentifier, cancel);
        return TypedResults.Created((string?)null, new TicketReply
        {
            Ticket = issued.Ticket,
            SettlementId = settlement.SettlementId,
            CaseId = row.Case.CaseId,
            Action = TicketAction.CloseCase,
            ExpiresAt = issued.ExpiresAt,
        });
    }
}
