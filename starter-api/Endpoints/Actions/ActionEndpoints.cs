using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>What people do to a settlement. Each is a workflow update of the same name, with the same effect as from the command line.</summary>
public static class ActionEndpoints
{
    /// <summary>Maps the actions below <c>{prefix}/{id}</c>.</summary>
    public static void Map(RouteGroupBuilder settlements, string names)
    {
        ArgumentNullException.ThrowIfNull(settlements);
        foreach (var (path, update, summary) in PlainActions.OfOperators)
            Post(settlements, path, PlainActions.Operator(update), Policies.Operate, summary, names);
        foreach (var (path, update, ticket, summary) in PlainActions.OfApprovers)
            Post(settlements, path, PlainActions.Approver(update, ticket), Policies.Approve, summary, names);
        Post(settlements, "resolve", Resolve.HandleAsync, Policies.Operate, "Say with evidence what became of an instruction", names);
        Post(settlements, "extend-deadline", ExtendDeadline.HandleAsync, Policies.Operate, "Move the deadline of the present wait", names);
        Post(settlements, "return", ReturnPayment.HandleAsync, Policies.Operate, "Ask for a settled payment back, as a new, linked settlement", names);
    }

    private static void Post(RouteGroupBuilder settlements, string action, Delegate handler, string policy, string summary, string names) =>
        settlements.MapPost("/{id}/" + action, handler).RequireAuthorization(policy)
            .WithMetadata(new AuditRefusals("action_refused")).WithName(names + action).WithSummary(summary).WithTags("actions");
}
