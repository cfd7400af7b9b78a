using Settlement.AppHost.Temporal;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>Who types <c>"source":"api"</c> at the real command line is told that this is not his to say; nothing happens, and the audit log has it.</summary>
[Collection(OperatorsCollection.Name)]
public sealed class ApiClaimTests(StagedEnvironment environment)
{
    [Theory]
    [InlineData(SettlementNames.RetryUpdate)]
    [InlineData(OperationNames.SetSwitch)]
    public async Task Action_ThatSaysApiByHand_IsRefusedAndDoesNothing(string name)
    {
        Assert.SkipWhen(Oracles.TemporalCli is null, Oracles.MissingReason);
        var stage = environment.Stage;
        var action = ActionCatalogue.All.Single(one => one.Name == name);
        var scene = await ActionScenes.All[name](stage);
        var before = await ActionTrace.ReadAsync(stage.Books, scene, "nobody says this", "nobody asks this");
        var reason = $"claim-{Guid.NewGuid():N}";

        var bare = await ByHandAsync(action, scene, reason, signature: null);
        // A signature of the very key, but of something else.
        var keys = new ActionKeys([Convert.FromBase64String(environment.Environment.Secrets.ActionSigningKey)]);
        var borrowed = await ByHandAsync(action, scene, reason, keys.Sign(name, "settlement-of-another", new OperatorAction { Operator = scene.Operator, Reason = reason, RequestId = "r" }).Signature);

        bare.Done.ShouldBeFalse(bare.Said);
        bare.Said.ShouldContain($"source api is for the API alone, and this {name} does not carry its signature: leave source out, or say cli");
        borrowed.Done.ShouldBeFalse(borrowed.Said);
        borrowed.Said.ShouldContain($"the signature is not one that it made for this {name}");
        (await ActionTrace.ReadAsync(stage.Books, scene, "nobody says this", "nobody asks this")).Lines.ShouldBe(before.Lines, "a refused action changes nothing");
        (await stage.TextAsync("SELECT string_agg(action || ' ' || actor || ' ' || actor_source, ', ') FROM settlement.audit_log WHERE reason = $1", reason))
            .ShouldBe(string.Join(", ", Enumerable.Repeat($"{(action.Door == ActionDoor.Update ? "operator_retry_refused" : "action_refused")} {scene.Operator} COMMAND_LINE", 2)));
        // The same without the claim is done as ever.
        var plain = await stage.Doors.ByCommandLineAsync(action, scene, reason, $"r-{Guid.NewGuid():N}");
        plain.Done.ShouldBeTrue(plain.Said);
    }

    private Task<(bool Done, string Said)> ByHandAsync(CataloguedAction action, ActionScene scene, string reason, string? signature)
    {
        var input = scene.Input.DeepClone().AsObject();
        input["source"] = ActorSources.Api;
        if (signature is not null)
            input["signature"] = signature;
        return environment.Stage.Doors.ByCommandLineAsync(action, scene with { Input = input }, reason, $"r-{Guid.NewGuid():N}");
    }
}
