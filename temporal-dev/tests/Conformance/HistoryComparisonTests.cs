using Temporalio.Conformance.Tests.Records;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests;

/// <summary>
/// For each behaviour of the suite: the histories of its workflows, and the answers that it observes, are the same on the dev server as on
/// the real one; ids, times and sizes aside.
/// </summary>
[Collection(AfterTheSuite.Name)]
public sealed class HistoryComparisonTests(ITestOutputHelper output)
{
    /// <summary>Every behaviour, by area and name.</summary>
    public static TheoryData<string, string> Behaviours
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var key in SuiteCatalogue.All)
            {
                all.Add(key.Area, key.Test);
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Behaviours))]
    public async Task Behaviour_OnBothServers_LeavesTheSame(string area, string test)
    {
        new RealConformanceServer().Require();
        var key = new BehaviourKey(area, test);
        Assert.SkipWhen(KnownGaps.Of(DevConformanceServer.Name, key) is not null, $"known gap: {KnownGaps.Of(DevConformanceServer.Name, key)}");
        Assert.SkipWhen(KnownDifferences.Of(key) is not null, $"known difference: {KnownDifferences.Of(key)}");

        var verdict = await ServerComparison.OfAsync(key);

        output.WriteLine($"{verdict.Compared} compared, {verdict.Runs} runs{(verdict.ByEssence ? ", by their essence" : string.Empty)}");
        (verdict.Difference ?? string.Empty).ShouldBeEmpty();
    }
}
