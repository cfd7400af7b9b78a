namespace Settlement.StarterApi.Endpoints;

/// <summary>
/// The way of every action that is not about one open settlement: a short workflow of the action's name, started in the caller's name, and its answer.
/// The command line starts the same workflow, so the effect is the same.
/// </summary>
public sealed class OperatorDesk(ISettlementWorkflows workflows)
{
    /// <summary>Runs one action in the caller's name.</summary>
    public async Task<Results<Ok<OperationReply>, ApiProblem>> RunAsync<TAction>(
        HttpContext context, CurrentUser user, string operation, string reason, Func<ActionCaller, TAction> build)
        where TAction : OperatorAction
    {
        if (Caller(context, user, reason, out var caller) is { } wrong)
            return wrong;
        var outcome = await workflows.OperateAsync(operation, build(caller!), context.RequestAborted);
        return outcome.Kind switch
        {
            ActionOutcomeKind.Done => TypedResults.Ok(outcome.Reply!),
            ActionOutcomeKind.Refused => Refusal(outcome.Reason, outcome.FailureType),
            _ => new ApiProblem(
                ProblemTypes.Unavailable,
                $"There is no answer yet. Send the same request with Idempotency-Key {caller!.RequestId} to get it.",
                retryAfter: TimeSpan.FromSeconds(5)),
        };
    }

    /// <summary>Who acts and under which request id; a problem when key or reason are wrong.</summary>
    public static ApiProblem? Caller(HttpContext context, CurrentUser user, string reason, out ActionCaller? caller)
    {
        caller = null;
        if (IdempotencyKey.Read(context.Request, required: false, out var key) is { } wrongKey)
            return wrongKey;
        var errors = new FieldErrors();
        errors.RequireProse("/reason", reason, OperatorAction.MaxReasonLength);
        if (errors.Problem() is { } wrong)
            return wrong;
        caller = new ActionCaller(user.Name, reason, key ?? context.TraceIdentifier);
        return null;
    }

    /// <summary>A refusal of the action, as the kind of problem that it is.</summary>
    public static ApiProblem Refusal(string? reason, string? failureType) => failureType switch
    {
        nameof(SettlementFailure.FourEyesViolated) or nameof(SettlementFailure.TicketInvalid) => new ApiProblem(ProblemTypes.FourEyes, reason),
        nameof(SettlementFailure.IdempotencyConflict) => new ApiProblem(ProblemTypes.IdempotencyConflict, reason),
        OperatorRefusals.InvalidInput or nameof(SettlementFailure.InvalidRequest) or nameof(SettlementFailure.UnknownCalendar)
            or nameof(SettlementFailure.UnknownWindow) or nameof(SettlementFailure.CalendarExpired) => new ApiProblem(ProblemTypes.ValidationFailed, reason),
        _ => new ApiProblem(ProblemTypes.ActionRefused, reason),
    };
}

/// <summary>Marks an endpoint as the API's door of an operator's action.</summary>
/// <param name="Action">Name in <see cref="Workflows.Contracts.ActionCatalogue"/>.</param>
public sealed record Performs(string Action) : TakesIdempotencyKey(Required: false);

/// <summary>Who acts and why: what every action of the API says alike. All but the reason a caller cannot state himself.</summary>
/// <param name="Operator">The signed-in user.</param>
/// <param name="Reason">Why, checked.</param>
/// <param name="RequestId">The Idempotency-Key, or else the request's own id; a repeat gets the first answer.</param>
public sealed record ActionCaller(string Operator, string Reason, string RequestId)
{
    /// <summary>An action in this caller's name, without what makes it this action.</summary>
    public TAction Action<TAction>()
        where TAction : OperatorAction, new() => new() { Operator = Operator, Reason = Reason, RequestId = RequestId, Source = ActorSources.Api };
}

/// <summary>Body of an operator's action.</summary>
public sealed record ActionRequest
{
    /// <summary>Why; ends up in history and audit.</summary>
    public required string Reason { get; init; }
}
