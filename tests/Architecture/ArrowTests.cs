namespace Settlement.Architecture.Tests;

public sealed class ArrowTests
{
    public static TheoryData<string> Ruled => [.. Repository.ProductProjects.Select(p => p.Name)];

    public static TheoryData<string> Broken => [.. FixtureNames];

    private static IEnumerable<string> FixtureNames =>
        Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Architecture", "Fixtures"), "*.xml").Select(f => Path.GetFileNameWithoutExtension(f)!);

    [Theory]
    [MemberData(nameof(Ruled))]
    public void Project_ItsReferences_KeepToTheArrows(string name)
    {
        var project = Repository.ProductProjects.Single(p => p.Name == name);
        Arrows.Rules.ShouldContainKey(name, $"{project.Path} has no rule: add one to Arrows and to ARCHITECTURE.md");
        ArrowCheck.Breaches(project, Arrows.Rules[name]).ShouldBeEmpty();
    }

    /// <summary>Each fixture is a project that breaks one arrow: were the check blind, this would fail.</summary>
    [Theory]
    [MemberData(nameof(Broken))]
    public void Fixture_ThatBreaksAnArrow_IsCaught(string fixture)
    {
        var path = Path.Combine(Repository.Root, "tests", "Architecture", "Fixtures", fixture + ".xml");
        ArrowCheck.Breaches(ProjectFile.Read(path), Arrows.Rules[fixture]).Count.ShouldBe(1);
    }

    [Fact]
    public void Fixtures_CoverEveryRule() =>
        Arrows.Rules.Keys.Order().ShouldBe(FixtureNames.Order());
}
