using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

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
