using System.Xml.Linq;

namespace Settlement.Architecture.Tests;

/// <summary>A project file, as far as its arrows go.</summary>
internal sealed record ProjectFile(string Name, string Path, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static ProjectFile Read(string path)
    {
        var document = XDocument.Load(path);
        List<string> projects = [.. Names(document, "ProjectReference").Select(r => System.IO.Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))];
        var engine = document.Descendants("UsesTemporal").Select(e => e.Value).FirstOrDefault();
        if (engine is "client" or "hosting")
            projects.Add(Arrows.Engine.Client);
        if (engine is "hosting")
            projects.Add(Arrows.Engine.Hosting);
        return new ProjectFile(System.IO.Path.GetFileNameWithoutExtension(path), path, projects, [.. Names(document, "PackageReference")]);
    }

    private static IEnumerable<string> Names(XDocument document, string item) =>
        document.Descendants(item).Select(e => (string?)e.Attribute("Include")).OfType<string>();
}
