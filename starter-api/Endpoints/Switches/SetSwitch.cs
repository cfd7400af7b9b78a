using System.Text.Json;

namespace Settlement.StarterApi.Endpoints.Switches;

/// <summary>
/// PUT /api/v1/switches. Written to the database at once and by the API itself, so that a stop needs neither Temporal nor a worker. Those that a
/// released switch held are told by a workflow; if that cannot be started now, they look by themselves within a minute.
/// </summary>
public static class SetSwitch
{
    public static async Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        JsonBody<SwitchRequest> body, CurrentUser user, HttpContext context, SwitchBoard board, ISettlementWorkflows workflows, TimeProvider clock, ILogger<SwitchRequest> log)
    {
        var request = body.Value;
        if (!SwitchName.IsKnown(request.Name))
        {
            var errors = new FieldErrors();
            errors.Add("/name", $"must be one of {string.Join(", ", SwitchName.All)}, alone or with a scope");
            return new ApiProblem(ProblemTypes.ValidationFailed, errors: errors.All);
        }

        if (OperatorDesk.Caller(context, user, request.Reason, out var caller) is { } wrong)
            return wrong;
        var action = new SwitchAction { Operator = user.Name, Reason = request.Reason, RequestId = caller!.RequestId, Name = request.Name, Stopped = request.Stopped };
        var recorded = new RecordedAction(
            OperationNames.SetSwitch, action.RequestId, new Actor(user.Name, ActorSource.Api), request.Reason, JsonSerializer.Serialize(action), clock.GetUtcNow());
        string message;
        try
        {
            message = await board.SetAsync(request.Name, request.Stopped, recorded, context.RequestAborted);
        }
        catch (SettlementException refused)
        {
            return OperatorDesk.Refusal(refused.Message, refused.Failure.ErrorType());
        }

        var target = $"switch:{request.Name}";
        if (!request.Stopped)
            await TellAsync(workflows, target, log);
        return TypedResults.Ok(new OperationReply { Target = target, Message = message });
    }

    private static async Task TellAsync(ISettlementWorkflows workflows, string target, ILogger log)
    {
        try
        {
            await workflows.NotifyAsync(new NotifyInput { Change = target, HeldOnly = true }, CancellationToken.None);
        }
        catch (Exception away) when (away is Temporalio.Exceptions.RpcException or OperationCanceledException or TimeoutException || TemporalOutage.Is(away))
        {
            log.NobodyTold(target, away);
        }
    }
}

/// <summary>Body of PUT /api/v1/switches.</summary>
public sealed record SwitchRequest
{
    /// <summary><c>new_settlements</c>, <c>transfers</c>, <c>schedules</c>, <c>escalation</c>, <c>notifications</c>; the first two and escalation also with a scope: <c>:CURRENCY-USD</c>, <c>:BANK-simbank</c>, <c>:CORRIDOR-USD-DE</c>.</summary>
    public required string Name { get; init; }

    /// <summary>True stops, false releases.</summary>
    public required bool Stopped { get; init; }

    /// <summary>Why; ends up in the audit log, and in the refusals that the switch causes.</summary>
    public required string Reason { get; init; }
}
