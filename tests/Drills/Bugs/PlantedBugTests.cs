using Settlement.AppHost.Processes;
using Settlement.Drills.Bugs;

namespace Settlement.Drills.Tests.Bugs;

/// <summary>The planted bugs themselves: there are at least ten, and each still fits the sources. That each is found is shown by <c>./drill planted-bugs</c>.</summary>
public sealed class PlantedBugTests
{
    public static TheoryData<string> Patches => [.. PlantedBug.All.Where(bug => bug.SqlFile is null).Select(bug => bug.Name)];

    [Fact]
    public void All_AreTenOrMore_EachWithItsFile()
    {
        PlantedBug.All.Count.ShouldBeGreaterThanOrEqualTo(10);
        PlantedBug.All.ShouldAllBe(bug => bug.SqlFile != null || File.Exists(bug.PatchFile));
    }

    [Theory]
    [MemberData(nameof(Patches))]
    public async Task Patch_OnTodaysSources_Applies(string name)
    {
        var check = await ProcessResult.RunAsync("git", ["apply", "--check", PlantedBug.Named(name).PatchFile], directory: RepositoryRoot.Folder);
        check.ExitCode.ShouldBe(0, check.Errors);
    }
}
