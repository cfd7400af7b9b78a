using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>The two doors of every action.</summary>
internal sealed class ActionDoors(SettlementEnvironment environment, Func<string, ApiCaller> callers)
{
    /// <summary>Over HTTP, as the signed-in operator. Answers whether it was done, and what was said.</summary>
    public async Task<(bool Done, string Said)> ByApiAsync(ActionScene scene, string reason, string requestId, string? ticket = null)
    {
        var body = scene.Body.DeepClone().AsObject();
        body["reason"] = reason;
        if (scene.TicketInBody)
            body["ticket"] = ticket;
        var answer = await callers(scene.Operator).SendAsync(scene.Method, scene.Path, body, requestId);
        return (answer.Taken, answer.Text);
    }

    /// <summary>From the real command line, with the operator's name as a mere statement.</summary>
    public async Task<(bool Done, string Said)> ByCommandLineAsync(CataloguedAction action, ActionScene scene, string reason, string requestId, string? ticket = null)
    {
        var input = scene.Input.DeepClone().AsObject();
        (input["operator"], input["reason"], input["request_id"]) = (scene.Operator, reason, requestId);
        if (ticket is not null)
            input["ticket"] = ticket;
        var line = new TemporalCommandLine(environment);
        var (exit, output) = action.Door == ActionDoor.Update
            ? await line.UpdateAsync(scene.Settlement!.Value.Reference, action.Name, input.ToJsonString())
            : await line.RunAsync("workflow", "execute", "--task-queue", SettlementNames.TaskQueue, "--type", action.Name, "--workflow-id", $"action-{Guid.NewGuid():N}", "--input", input.ToJsonString());
        return (exit == 0, output);
    }
}

/// <summary>The real <c>temporal</c> command line against an environment's server.</summary>
internal sealed class TemporalCommandLine(SettlementEnvironment environment)
{
    public async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        Assert.SkipWhen(Oracles.TemporalCli is null, Oracles.MissingReason);
        var result = await ProcessResult.RunAsync(Oracles.TemporalCli, ["--address", environment.TemporalAddress, .. arguments]);
        return (result.ExitCode, result.Text);
    }

    public Task<(int Exit, string Output)> UpdateAsync(string reference, string name, string input) =>
        RunAsync("workflow", "update", "execute", "--workflow-id", $"settlement-{reference}", "--name", name, "--input", input);
}
