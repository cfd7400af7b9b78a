using Settlement.AppHost.Temporal;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>Every act has the same effect from the API and from the real command line: the same rows, the same audit entries, and each says where it came from.</summary>
[Collection(OperatorsCollection.Name)]
public sealed class ParityTests(PlayedActs played) : IClassFixture<PlayedActs>
{
    public static TheoryData<string> Acts => new(ActCatalogue.All.Select(act => act.Name));

    [SkippableTheory]
    [MemberData(nameof(Acts))]
    public async Task Act_FromApiAndCommandLine_LeavesTheSameBehind(string act)
    {
        Skip.If(Oracles.TemporalCli is null, Oracles.MissingReason);

        var (api, commandLine, answers, hadEffect) = await played.OfAsync(act);

        commandLine.Lines.ShouldBe(api.Lines, answers);
        hadEffect.ShouldBeTrue(string.Join('\n', api.Lines));
        commandLine.Lines.ShouldContain(line => line.StartsWith("audit ", StringComparison.Ordinal));
        api.Sources.ShouldBe(["API"]);
        commandLine.Sources.ShouldBe(["COMMAND_LINE"]);
    }

    [Fact]
    public void Scenes_OfTheActs_AreComplete() => ActScenes.All.Keys.Order().ShouldBe(ActCatalogue.All.Select(act => act.Name).Order());
}
