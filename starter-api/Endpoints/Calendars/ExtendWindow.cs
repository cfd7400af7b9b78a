namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>POST /api/v1/windows/{rail}/{currency}/extensions: the cut-off of one day moves; what waits for tomorrow's window may go today.</summary>
public static class ExtendWindow
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string rail, string currency, JsonBody<ExtendWindowRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk)
    {
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

/// <summary>Body of POST /api/v1/windows/{rail}/{currency}/extensions.</summary>
public sealed record ExtendWindowRequest
{
    /// <summary>The day, local to the window's zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The new cut-off, local to the window's zone, HH:mm:ss.</summary>
    public required TimeOnly CutOff { get; init; }

    /// <summary>Why, for example the rail's announcement; ends up in the audit log.</summary>
    public required string Reason { get; init; }
}
