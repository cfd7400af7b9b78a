using System.Collections;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Settlement.Activities.Banks;
using Settlement.AppHost.Processes;
using Settlement.BankSimulator;
using Settlement.Hosting;
using Settlement.Worker.Options;
using YamlDotNet.RepresentationModel;

namespace Settlement.AppHost.Tests.Compose;

/// <summary>
/// No container engine runs here, so the compose file is held against the code: every setting in it must bind to a property of the option
/// class that the program reads, and every secret must come from outside.
/// </summary>
public sealed partial class TemporalDevYamlTests
{
    private static readonly ComposeFile File = ComposeFile.Read(Path.Combine(RepositoryRoot.Folder, "temporal-dev.yaml"));

    private static readonly Dictionary<string, Type> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Database"] = typeof(DatabaseOptions),
        ["Temporal"] = typeof(TemporalOptions),
        ["Worker"] = typeof(WorkerOptions),
        ["Jobs"] = typeof(Activities.Jobs.JobOptions),
        ["Actions"] = typeof(ActionOptions),
        ["Bank"] = typeof(BankSimulatorOptions),
        ["Api"] = typeof(StarterApi.Options.ApiOptions),
        ["Auth"] = typeof(StarterApi.Options.AuthOptions),
    };

    [Fact]
    public void Services_AreTheWholeSystem() =>
        File.Services.ShouldBe(["postgresql", "temporal", "temporal-ui", "bank-simulator", "worker", "starter-api"], ignoreOrder: true);

    [Theory]
    [InlineData("worker")]
    [InlineData("starter-api")]
    [InlineData("bank-simulator")]
    public void Environment_EveryName_BindsToAnOption(string service)
    {
        var own = service switch
        {
            "worker" => Worker.WorkerHost.OwnEnvironmentNames,
            "starter-api" => StarterApi.Options.ApiOptions.EnvironmentNames,
            _ => new Dictionary<string, string>(),
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            File.Environment(service).Where(e => e.Key.Contains("__", StringComparison.Ordinal)).Select(e => KeyValuePair.Create(e.Key.Replace("__", ":", StringComparison.Ordinal), (string?)e.Value)));
        EnvironmentNames.AddTo(configuration, new Hashtable(File.Environment(service).ToDictionary()), own);

        var keys = configuration.Build().AsEnumerable().Where(k => k.Value is not null).Select(k => k.Key).ToList();

        keys.Count.ShouldBe(File.Environment(service).Count(e => e.Key != "ASPNETCORE_URLS"), "a name was not understood");
        keys.Where(key => !Binds(key)).ShouldBeEmpty();
    }

    [Fact]
    public void Ports_AreTheDocumentedDefaults()
    {
        File.Environment("starter-api")["API_PORT"].ShouldBe(new StarterApi.Options.ApiOptions().Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        File.Environment("worker")["WORKER_PORT"].ShouldBe(new WorkerOptions().Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        File.Ports("starter-api").ShouldBe(["127.0.0.1:8086:8086"]);
        File.Ports("temporal").ShouldBe(["127.0.0.1:7233:7233"]);
    }

    [Theory]
    [InlineData("worker", "worker", "Settlement.Worker")]
    [InlineData("starter-api", "starter-api", "Settlement.StarterApi")]
    [InlineData("bank-simulator", "bank-simulator", "Settlement.BankSimulator")]
    public void Command_StartsTheProgramThatIsBuilt(string service, string folder, string assembly)
    {
        File.Assembly(service).ShouldBe($"/app/{assembly}.dll");
        System.IO.File.Exists(RepositoryRoot.Program(folder, assembly)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("starter-api")]
    public void Programs_WaitForDatabaseAndTemporal_WhichSayWhenTheyAreHealthy(string service)
    {
        File.DependsOn(service).ShouldBe(["postgresql", "temporal"], ignoreOrder: true);
        File.DependsOn(service).ShouldAllBe(dependency => File.HasHealthCheck(dependency));
    }

    [Fact]
    public void Secrets_ComeFromTheCallersEnvironment()
    {
        var secrets = File.Services.SelectMany(File.Environment).Where(e => SecretName().IsMatch(e.Key)).ToList();
        secrets.ShouldNotBeEmpty();
        secrets.ShouldAllBe(e => RequiredVariable().IsMatch(e.Value));
    }

    private static bool Binds(string key)
    {
        var parts = key.Split(':');
        if (parts is ["Banks", "MessageSecrets", _])
            return typeof(StarterApi.Options.BankOptions).GetProperty(parts[1]) is not null;
        if (parts is ["Banks", _, var setting])
            return typeof(BankConnectionOptions).GetProperty(setting) is not null;
        return Sections.TryGetValue(parts[0], out var type) && type.GetProperty(parts[1]) is not null;
    }

    [GeneratedRegex("PASSWORD|PWD|SECRET|SIGNING_KEY|Secret", RegexOptions.None)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\$\{[A-Z_]+:\?[^}]+\}")]
    private static partial Regex RequiredVariable();
}

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
