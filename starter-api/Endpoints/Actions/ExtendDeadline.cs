namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/extend-deadline: moves the deadline of the present wait.</summary>
public static class ExtendDeadline
{
    public static Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ExtendDeadlineRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        var request = body.Value;
        return actions.RunAsync(
            context, id, user, SettlementNames.ExtendDeadlineUpdate, request.Reason, caller => caller.Action<ExtendDeadlineAction>() with { Until = request.Until });
    }
}

/// <summary>Body of POST /settlements/{id}/extend-deadline.</summary>
public sealed record ExtendDeadlineRequest
{
    /// <summary>Why; ends up in history and audit.</summary>
    public required string Reason { get; init; }

    /// <summary>The new end of the present wait, ISO 8601 with offset.</summary>
    public required DateTimeOffset Until { get; init; }
}
