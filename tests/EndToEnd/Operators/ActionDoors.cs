using Settlement.AppHost.Launch;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>The two doors of every action.</summary>
internal sealed class ActionDoors(SettlementEnvironment environment, IReadOnlyDictionary<string, ApiCaller> callers)
{
    /// <summary>Over HTTP, as the signed-in operator. Answers whether it was done, and what was said.</summary>
    public async Task<(bool Done, string Said)> ByApiAsync(ActionScene scene, string reason, string requestId, string? ticket = null)
    {
        var body = scene.Body.DeepClone().AsObject();
        body["reason"] = reason;
        if (scene.TicketInBody)
            body["ticket"] = ticket;
        var (status, reply) = await callers[scene.Operator].SendAsync(scene.Method, scene.Path, body, requestId);
        return (status is >= 200 and < 300, reply);
    }

    /// <summary>From the real command line, with the operator's name as a mere statement.</summary>
    public async Task<(bool Done, string Said)> ByCommandLineAsync(CataloguedAction actionName, ActionScene scene, string reason, string requestId, string? ticket = null)
    {
        var input = scene.Input.DeepClone().AsObject();
        (input["operator"], input["reason"], input["request_id"]) = (scene.Operator, reason, requestId);
        if (ticket is not null)
            input["ticket"] = ticket;
        var line = new TemporalCommandLine(environment);
        var (exit, output) = actionName.Door == ActionDoor.Update
            ? await line.UpdateAsync(scene.Settlement!.Value.Reference, actionName.Name, input.ToJsonString())
            : await line.RunAsync("workflow", "execute", "--task-queue", SettlementNames.TaskQueue, "--type", actionName.Name, "--workflow-id", $"act-{Guid.NewGuid():N}", "--input", input.ToJsonString());
        return (exit == 0, output);
    }
}
