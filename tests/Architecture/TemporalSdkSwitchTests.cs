using System.Diagnostics;
using System.Text.Json;

namespace Settlement.Architecture.Tests;

/// <summary>
/// <c>-p:TemporalSdk=official</c> swaps the engine for the official packages. They cannot be restored here, so what is tested is what
/// MSBuild makes of every settlement project in both modes.
/// </summary>
public sealed class TemporalSdkSwitchTests
{
    private static readonly string[] EngineNames = ["Temporalio", "Temporalio.Extensions.Hosting"];

    public static TheoryData<string> Users =>
        [.. Repository.SourceFiles("*.csproj").Where(f => ProjectFile.Read(f).Projects.Intersect(EngineNames).Any() && File.ReadAllText(f).Contains("<UsesTemporal>", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(Repository.Root, f))];

    [Theory]
    [MemberData(nameof(Users))]
    public async Task SettlementProject_InTree_ReferencesProjects(string project)
    {
        var (projects, packages) = await EvaluateAsync(project, "in-tree");
        projects.Intersect(EngineNames).ShouldNotBeEmpty();
        packages.Intersect(EngineNames).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task SettlementProject_Official_ReferencesPackages(string project)
    {
        var (inTree, _) = await EvaluateAsync(project, "in-tree");
        var (projects, packages) = await EvaluateAsync(project, "official");
        projects.Intersect(EngineNames).ShouldBeEmpty();
        packages.Intersect(EngineNames).Order().ShouldBe(inTree.Intersect(EngineNames).Order());
    }

    [Fact]
    public async Task UnknownSdk_IsRefused()
    {
        var (exit, output) = await MsBuildAsync("workflows/Settlement.Workflows.csproj", "-t:RefuseUnknownTemporalSdk", "-p:TemporalSdk=somebodys");
        exit.ShouldNotBe(0);
        output.ShouldContain("it must be 'in-tree' or 'official'");
    }

    private static async Task<(IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)> EvaluateAsync(string project, string sdk)
    {
        var (exit, output) = await MsBuildAsync(project, "-getItem:ProjectReference", "-getItem:PackageReference", $"-p:TemporalSdk={sdk}");
        exit.ShouldBe(0, output);
        using var document = JsonDocument.Parse(output);
        var items = document.RootElement.GetProperty("Items");
        return (Names(items, "ProjectReference", "Filename"), Names(items, "PackageReference", "Identity"));
    }

    private static IReadOnlyList<string> Names(JsonElement items, string kind, string property) =>
        [.. items.GetProperty(kind).EnumerateArray().Select(i => i.GetProperty(property).GetString()!)];

    private static async Task<(int Exit, string Output)> MsBuildAsync(string project, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(Repository.Root, project), "-nologo", "-nodeReuse:false", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
