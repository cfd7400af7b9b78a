using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>POST /api/v1/windows/{rail}/{currency}/versions. Open settlements compute their deadlines again.</summary>
public static class PublishWindow
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string rail, string currency, JsonBody<PublishWindowRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(desk);
        var request = body.Value;
        return desk.RunAsync(context, user, OperationNames.PublishWindow, request.Reason, caller => caller.Action<PublishWindowAction>() with
        {
            Rail = rail,
            Currency = currency,
            Calendar = request.Calendar,
            Zone = request.Zone,
            Opens = request.Opens,
            CutOff = request.CutOff,
        });
    }
}
