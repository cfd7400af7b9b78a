using YamlDotNet.RepresentationModel;

namespace Settlement.AppHost.Tests.Compose;

/// <summary>temporal-dev.yaml as a tree.</summary>
internal sealed class ComposeFile
{
    private readonly YamlMappingNode services;

    private ComposeFile(YamlMappingNode services) => this.services = services;

    public IEnumerable<string> Services => services.Children.Keys.Select(k => ((YamlScalarNode)k).Value!);

    public static ComposeFile Read(string path)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(path);
        yaml.Load(reader);
        return new ComposeFile((YamlMappingNode)((YamlMappingNode)yaml.Documents.Single().RootNode)["services"]);
    }

    /// <summary>Environment of a service, name to value.</summary>
    public IReadOnlyDictionary<string, string> Environment(string service) =>
        !Service(service).Children.TryGetValue("environment", out var node) ? new Dictionary<string, string>() : ((YamlMappingNode)node).Children.ToDictionary(p => ((YamlScalarNode)p.Key).Value!, p => ((YamlScalarNode)p.Value).Value ?? "");

    /// <summary>Published ports of a service, as written.</summary>
    public IReadOnlyList<string> Ports(string service) => List(service, "ports", n => ((YamlScalarNode)n).Value!);

    /// <summary>The last word of a service's command: the assembly it starts.</summary>
    public string Assembly(string service) => List(service, "command", n => ((YamlScalarNode)n).Value!)[^1];

    /// <summary>The services that must be healthy before this one starts.</summary>
    public IReadOnlyList<string> DependsOn(string service) =>
        Service(service).Children.TryGetValue("depends_on", out var node) ? [.. ((YamlMappingNode)node).Children.Keys.Select(k => ((YamlScalarNode)k).Value!)] : [];

    /// <summary>Whether a service says how its health is checked.</summary>
    public bool HasHealthCheck(string service) => Service(service).Children.ContainsKey("healthcheck");

    private YamlMappingNode Service(string service) => (YamlMappingNode)services[service];

    private List<string> List(string service, string key, Func<YamlNode, string> read) =>
        Service(service).Children.TryGetValue(key, out var node) ? [.. ((YamlSequenceNode)node).Select(read)] : [];
}
