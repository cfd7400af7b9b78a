namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>POST /api/v1/calendars/{code}/versions. Open settlements compute their deadlines again; what has happened stays.</summary>
public static class PublishCalendar
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string code, JsonBody<PublishCalendarRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk)
    {
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

/// <summary>Body of POST /api/v1/calendars/{code}/versions; at least one of the three must say something.</summary>
public sealed record PublishCalendarRequest
{
    /// <summary>Days that are closed from now on.</summary>
    public IReadOnlyList<DateOnly>? Close { get; init; }

    /// <summary>Holidays that are given up.</summary>
    public IReadOnlyList<DateOnly>? Open { get; init; }

    /// <summary>Generate by rule up to this year.</summary>
    public int? ThroughYear { get; init; }

    /// <summary>Why, for example the announcement; ends up in the audit log.</summary>
    public required string Reason { get; init; }
}
