using System.Globalization;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Launch;

/// <summary>How each of our own programs is started: its assembly and the settings it gets, all by environment.</summary>
internal static class Programs
{
    /// <summary>The name under which the simulator is configured as a bank.</summary>
    public const string BankName = "simbank";

    public static ManagedProcess Bank(SettlementEnvironment environment) => Dotnet("bank", "bank-simulator", "Settlement.BankSimulator", environment, () => new Dictionary<string, string>
    {
        ["ASPNETCORE_URLS"] = Local(environment.Ports.Bank),
        ["Bank__Name"] = BankName,
        ["Bank__StateDirectory"] = environment.State.Bank,
        ["Bank__WebhookUrl"] = $"{Local(environment.Ports.Api)}/api/v1/banks/{BankName}/messages",
        ["Bank__WebhookSecret"] = environment.Secrets.BankMessageSecret,
    });

    public static ManagedProcess Worker(SettlementEnvironment environment) => Dotnet("worker", "worker", "Settlement.Worker", environment, () => new Dictionary<string, string>(Shared(environment, environment.DatabaseUsers?.WorkerUrl))
    {
        ["DATABASE_MIGRATION_URL"] = environment.DatabaseUsers?.OwnerUrl ?? "",
        ["WORKER_PORT"] = Text(environment.Ports.Worker),
        [$"Banks__{BankName}__BaseAddress"] = Local(environment.Ports.Bank),
    });

    public static ManagedProcess Api(SettlementEnvironment environment) => Dotnet("api", "starter-api", "Settlement.StarterApi", environment, () => new Dictionary<string, string>(Shared(environment, environment.DatabaseUsers?.ApiUrl))
    {
        ["API_PORT"] = Text(environment.Ports.Api),
        ["AUTH_USERS_FILE"] = environment.State.Users,
        ["AUTH_SIGNING_KEY"] = environment.Secrets.TokenSigningKey,
        [$"Banks__MessageSecrets__{BankName}"] = environment.Secrets.BankMessageSecret,
    });

    /// <param name="environment">Whose programs.</param>
    /// <param name="databaseUrl">The program's own user; null: whoever DATABASE_URL names, for all programs.</param>
    private static Dictionary<string, string> Shared(SettlementEnvironment environment, string? databaseUrl) => new()
    {
        ["DATABASE_URL"] = databaseUrl ?? environment.DatabaseUrl,
        ["TEMPORAL_ADDRESS"] = environment.TemporalAddress,
        ["ACTION_SIGNING_KEY"] = environment.Secrets.ActionSigningKey,
    };

    /// <summary>The settings are made when the program starts, because some (the database's address) are known only then.</summary>
    private static ManagedProcess Dotnet(string name, string folder, string assembly, SettlementEnvironment environment, Func<Dictionary<string, string>> settings) => new(
        name,
        "dotnet",
        [RepositoryRoot.Program(folder, assembly)],
        environment.LogFile(name),
        () =>
        {
            var all = settings();
            all["DOTNET_gcServer"] = "0";
            foreach (var (key, value) in environment.Settings)
                all[key] = value;
            return all;
        });

    private static string Local(int port) => $"http://127.0.0.1:{Text(port)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
