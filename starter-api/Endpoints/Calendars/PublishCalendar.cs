using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>POST /api/v1/calendars/{code}/versions. Open settlements compute their deadlines again; what has happened stays.</summary>
public static class PublishCalendar
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string code, JsonBody<PublishCalendarRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(desk);
        var request = body.Value;
        return desk.RunAsync(context, user, OperationNames.PublishCalendar, request.Reason, caller => caller.Action<PublishCalendarAction>() with
        {
            Code = code,
            Close = request.Close ?? [],
            Open = request.Open ?? [],
            ThroughYear = request.ThroughYear,
        });
    }
}
