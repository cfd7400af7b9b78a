using System.Xml.Linq;

namespace Settlement.Architecture.Tests;

/// <summary>A project file, as far as its arrows go.</summary>
internal sealed record ProjectFile(string Name, string Path, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static ProjectFile Read(string path)
    {
        var document = XDocument.Load(path);
        List<string> projects = [.. Names(document, "ProjectReference").Select(r => System.IO.Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))];
        return new ProjectFile(System.IO.Path.GetFileNameWithoutExtension(path), path, projects, [.. Names(document, "PackageReference")]);
    }

    private static IEnumerable<string> Names(XDocument document, string item) =>
        document.Descendants(item).Select(e => (string?)e.Attribute("Include")).OfType<string>();
}
