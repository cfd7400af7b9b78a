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
        Post(settlements, "retry", Retry.HandleAsync, Policies.Operate, "Try again after a proven failure", names);
        Post(settlements, "cancel", Cancel.HandleAsync, Policies.Operate, "Cancel, or ask the bank to recall", names);
        Post(settlements, "approve", Approve.HandleAsync, Policies.Approve, "Agree, as a second person", names);
        Post(settlements, "reject", Reject.HandleAsync, Policies.Approve, "Refuse, as a second person", names);
        Post(settlements, "resolve", Resolve.HandleAsync, Policies.Operate, "Say with evidence what became of an instruction", names);
        Post(settlements, "retry-compensation", RetryCompensation.HandleAsync, Policies.Operate, "Try a failing compensation again now", names);
        Post(settlements, "extend-deadline", ExtendDeadline.HandleAsync, Policies.Operate, "Move the deadline of the present wait", names);
        Post(settlements, "pause", Pause.HandleAsync, Policies.Operate, "Hold before the next step", names);
        Post(settlements, "resume", Resume.HandleAsync, Policies.Operate, "Let a paused settlement go on", names);
    }

    private static void Post(RouteGroupBuilder settlements, string action, Delegate handler, string policy, string summary, string names) =>
        settlements.MapPost("/{id}/" + action, handler).RequireAuthorization(policy)
            .WithMetadata(new AuditRefusals("action_refused")).WithName(names + action).WithSummary(summary).WithTags("actions");
}
