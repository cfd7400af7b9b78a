using System.Xml.Linq;

namespace Settlement.Architecture.Tests;

/// <summary>
/// The embedded Temporal server is a guest: its folder builds wherever it is put, and of the product only <c>apphost</c>, which starts it, has heard of it.
/// </summary>
public sealed class GuestTests
{
    /// <summary>The product's own folders, in which nobody may mention the guest.</summary>
    private static readonly string[] Product = ["domain", "database", "workflows", "activities", "hosting", "worker", "starter-api", "bank-simulator"];

    private static readonly string[] Names = ["temporal-dev", "TEMPORAL_DEV", "DevServer"];

    private static readonly string Folder = Path.Combine(Repository.Root, Repository.Guest) + Path.DirectorySeparatorChar;

    [Fact]
    public void Product_DoesNotMentionTheGuest() =>
        Repository.SourceFiles("*.cs").Concat(Repository.SourceFiles("*.csproj"))
            .Where(file => Product.Contains(Repository.FirstFolder(file)))
            .Where(file => Names.Any(name => File.ReadAllText(file).Contains(name, StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .ShouldBeEmpty();

    [Fact]
    public void Guest_ReadsNothingOutsideItsFolder() =>
        GuestProjects().SelectMany(file => Paths(file).Select(path => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path))))
            .Where(path => !path.StartsWith(Folder, StringComparison.Ordinal))
            .ShouldBeEmpty();

    /// <summary>MSBuild looks upwards for these: the first found is the only one read.</summary>
    [Theory]
    [InlineData("Directory.Build.props")]
    [InlineData("Directory.Build.targets")]
    [InlineData("Directory.Packages.props")]
    [InlineData(".editorconfig")]
    public void Guest_HasItsOwnSettings(string name)
    {
        File.Exists(Folder + name).ShouldBeTrue();
        File.ReadAllText(Folder + name).ShouldNotContain("GetPathOfFileAbove");
    }

    /// <summary>Two lists of versions, one product: who raises one raises the other.</summary>
    [Fact]
    public void Packages_OfGuestAndProduct_AreOfOneVersion()
    {
        var ours = Versions(Path.Combine(Repository.Root, "Directory.Packages.props"));
        var theirs = Versions(Folder + "Directory.Packages.props");
        theirs.Keys.Intersect(ours.Keys).ShouldNotBeEmpty();
        theirs.Where(their => ours.TryGetValue(their.Key, out var version) && version != their.Value)
            .Select(their => $"{their.Key} {their.Value}, and {ours[their.Key]} in the product").ShouldBeEmpty();
    }

    private static IEnumerable<string> GuestProjects() => Repository.SourceFiles("*.csproj").Where(file => Repository.FirstFolder(file) == Repository.Guest);

    private static IEnumerable<string> Paths(string project)
    {
        var document = XDocument.Load(project);
        string[] items = ["ProjectReference", "Compile", "None", "Content", "EmbeddedResource", "Protobuf", "AdditionalFiles"];
        return items.SelectMany(name => document.Descendants(name)).Select(item => (string?)item.Attribute("Include")).Concat(document.Descendants("Import").Select(import => (string?)import.Attribute("Project")))
            .OfType<string>().SelectMany(paths => paths.Split(';')).Select(path => path.Replace('\\', '/').Split('*')[0]);
    }

    private static Dictionary<string, string> Versions(string file) =>
        XDocument.Load(file).Descendants("PackageVersion").ToDictionary(package => (string)package.Attribute("Include")!, package => (string)package.Attribute("Version")!);
}
