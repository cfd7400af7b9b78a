using Settlement.AppHost.Temporal;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>Every action has the same effect from the API and from the real command line: the same rows, the same audit entries, and each says where it came from.</summary>
[Collection(OperatorsCollection.Name)]
public sealed class ParityTests(PlayedActions played) : IClassFixture<PlayedActions>
{
    public static TheoryData<string> Actions => new(ActionCatalogue.All.Select(action => action.Name));

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Action_FromApiAndCommandLine_LeavesTheSameBehind(string action)
    {
        Assert.SkipWhen(Oracles.TemporalCli is null, Oracles.MissingReason);

        var (api, commandLine, answers, hadEffect) = await played.OfAsync(action);

        commandLine.Lines.ShouldBe(api.Lines, answers);
        hadEffect.ShouldBeTrue(string.Join('\n', api.Lines));
        commandLine.Lines.ShouldContain(line => line.StartsWith("audit ", StringComparison.Ordinal));
        api.Sources.ShouldBe(["API"]);
        commandLine.Sources.ShouldBe(["COMMAND_LINE"]);
    }

    [Fact]
    public void Scenes_OfTheActions_AreComplete() => ActionScenes.All.Keys.Order().ShouldBe(ActionCatalogue.All.Select(action => action.Name).Order());
}
