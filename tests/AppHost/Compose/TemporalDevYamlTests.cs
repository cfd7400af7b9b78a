using System.Collections;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Settlement.Activities.Banks;
using Settlement.AppHost.Processes;
using Settlement.BankSimulator;
using Settlement.Hosting;
using Settlement.Worker.Options;

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
