using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>POST /api/v1/windows/{rail}/{currency}/extensions: the cut-off of one day moves; what waits for tomorrow's window may go today.</summary>
public static class ExtendWindow
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string rail, string currency, JsonBody<ExtendWindowRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(desk);
        var request = body.Value;
        return desk.RunAsync(context, user, OperationNames.ExtendWindow, request.Reason, caller => caller.Action<ExtendWindowAction>() with
        {
            Rail = rail,
            Currency = currency,
            Date = request.Date,
            CutOff = request.CutOff,
        });
    }
}
