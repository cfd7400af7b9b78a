namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>POST /api/v1/windows/{rail}/{currency}/versions. Open settlements compute their deadlines again.</summary>
public static class PublishWindow
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string rail, string currency, JsonBody<PublishWindowRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk)
    {
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

/// <summary>Body of POST /api/v1/windows/{rail}/{currency}/versions.</summary>
public sealed record PublishWindowRequest
{
    /// <summary>Code of the rail's business calendar.</summary>
    public required string Calendar { get; init; }

    /// <summary>IANA zone of the two times.</summary>
    public required string Zone { get; init; }

    /// <summary>Local time, HH:mm:ss.</summary>
    public required TimeOnly Opens { get; init; }

    /// <summary>Local time, HH:mm:ss; left out: the end of the day.</summary>
    public TimeOnly? CutOff { get; init; }

    /// <summary>Why; ends up in the audit log.</summary>
    public required string Reason { get; init; }
}
