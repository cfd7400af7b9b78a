using System.Reflection;
using Settlement.AppHost.Processes;
using Settlement.StarterApi.Problems;

namespace Settlement.StarterApi.Tests.Unit;

public sealed class ProblemTypesTests
{
    [Fact]
    public void All_HoldsEveryKindOnce()
    {
        var declared = typeof(ProblemTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ProblemType)field.GetValue(null)!).ToList();
        ProblemTypes.All.ShouldBe(declared, ignoreOrder: true);
        declared.Select(kind => kind.Uri).Distinct().Count().ShouldBe(declared.Count);
    }

    [Fact]
    public void Documentation_NamesEveryKindWithItsStatus()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Folder, "docs", "api.md"));
        foreach (var kind in ProblemTypes.All)
            page.ShouldContain($"| `{kind.Name}` | {kind.Status} |");
    }
}
