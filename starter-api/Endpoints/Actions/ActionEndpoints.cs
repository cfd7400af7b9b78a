using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>What people do to a settlement. Each is a workflow update of the same name, with the same effect as from the command line.</summary>
public static class ActionEndpoints
{
    /// <summary>Maps the actions below <c>{prefix}/{id}</c>.</summary>
    public static void Map(RouteGroupBuilder settlements, string names)
    {
        ArgumentNullException.ThrowIfNull(settlements);
        foreach (var (path, update, summary) in PlainActions.OfOperators)
            Post(settlements, path, update, PlainActions.Operator(update), Policies.Operate, summary, names);
        foreach (var (path, update, ticket, summary) in PlainActions.OfApprovers)
            Post(settlements, path, update, PlainActions.Approver(update, ticket), Policies.Approve, summary, names);
        Post(settlements, "resolve", SettlementNames.ResolveUpdate, Resolve.HandleAsync, Policies.Operate, "Say with evidence what became of an instruction", names);
        Post(settlements, "extend-deadline", SettlementNames.ExtendDeadlineUpdate, ExtendDeadline.HandleAsync, Policies.Operate, "Move the deadline of the present wait", names);
        foreach (var (path, operation, input, summary) in SettlementOperations.All)
            Post(settlements, path, operation, SettlementOperations.Handler(operation, input), Policies.Operate, summary, names);
    }

    private static void Post(RouteGroupBuilder settlements, string path, string actionName, Delegate handler, string policy, string summary, string names) =>
        settlements.MapPost("/{id}/" + path, handler).RequireAuthorization(policy)
            .WithMetadata(new AuditRefusals("action_refused"), new Performs(actionName)).WithName(names + path).WithSummary(summary).WithTags("actions");
}
