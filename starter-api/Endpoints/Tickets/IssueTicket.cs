using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database.Api;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Tickets;

/// <summary>POST /settlements/{id}/tickets: an approver's agreement, to be used from the command line or by an operator.</summary>
public static class IssueTicket
{
    public static async Task<Results<Created<TicketReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<TicketRequest> body, CurrentUser user, HttpContext context, SettlementHeaders headers, TicketDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(desk);
        var request = body.Value;
        if (Check(request) is { } wrong)
            return wrong;
        var settlement = await headers.FindAsync(id, user.ActionScope, context.RequestAborted);
        if (settlement is null)
            return new ApiProblem(ProblemTypes.NotFound);
        if (TicketDesk.RefuseOwn(settlement, user) is { } own)
            return own;
        var issued = await desk.IssueAsync(settlement, request.Action, request.Outcome, user, request.Reason, RequestIds.Of(context), context.RequestAborted);
        return TypedResults.Created((string?)null, new TicketReply
        {
            Ticket = issued.Ticket,
            SettlementId = settlement.SettlementId,
            Action = request.Action,
            Outcome = request.Outcome,
            ExpiresAt = issued.ExpiresAt,
        });
    }

    private static ApiProblem? Check(TicketRequest request)
    {
        var errors = new FieldErrors();
        if (!TicketAction.All.Contains(request.Action))
            errors.Add("/action", "must be approve, reject or resolve");
        if (request.Action == TicketAction.Resolve && request.Outcome is not (ResolveAction.Confirmed or ResolveAction.NotExecuted))
            errors.Add("/outcome", $"must be {ResolveAction.Confirmed} or {ResolveAction.NotExecuted}");
        if (request.Action != TicketAction.Resolve && request.Outcome is not null)
            errors.Add("/outcome", "is for resolve only");
        errors.RequireProse("/reason", request.Reason, OperatorAction.MaxReasonLength);
        return errors.Any ? new ApiProblem(ProblemTypes.ValidationFailed, errors: errors.All) : null;
    }
}
