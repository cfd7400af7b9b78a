using System.Globalization;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Launch;

/// <summary>How each of our own programs is started: its assembly and the settings it gets, all by environment.</summary>
internal static class Programs
{
    /// <summary>The name under which the simulator is configured as a bank.</summary>
    public const string BankName = "simbank";

    public static ManagedProcess Bank(SettlementHouse house) => Dotnet("bank", "bank-simulator", "Settlement.BankSimulator", house, () => new Dictionary<string, string>
    {
        ["ASPNETCORE_URLS"] = Local(house.Ports.Bank),
        ["Bank__Name"] = BankName,
        ["Bank__StateDirectory"] = house.State.Bank,
        ["Bank__WebhookUrl"] = $"{Local(house.Ports.Api)}/api/v1/banks/{BankName}/messages",
        ["Bank__WebhookSecret"] = house.Secrets.BankMessageSecret,
    });

    public static ManagedProcess Worker(SettlementHouse house) => Dotnet("worker", "worker", "Settlement.Worker", house, () => new Dictionary<string, string>(Shared(house, house.DatabaseUsers?.WorkerUrl))
    {
        ["DATABASE_MIGRATION_URL"] = house.DatabaseUsers?.OwnerUrl ?? "",
        ["WORKER_PORT"] = Text(house.Ports.Worker),
        [$"Banks__{BankName}__BaseAddress"] = Local(house.Ports.Bank),
    });

    public static ManagedProcess Api(SettlementHouse house) => Dotnet("api", "starter-api", "Settlement.StarterApi", house, () => new Dictionary<string, string>(Shared(house, house.DatabaseUsers?.ApiUrl))
    {
        ["API_PORT"] = Text(house.Ports.Api),
        ["AUTH_USERS_FILE"] = house.State.Users,
        ["AUTH_SIGNING_KEY"] = house.Secrets.TokenSigningKey,
        [$"Banks__MessageSecrets__{BankName}"] = house.Secrets.BankMessageSecret,
    });

    /// <param name="house">Whose programs.</param>
    /// <param name="databaseUrl">The program's own user; null: whoever DATABASE_URL names, for all programs.</param>
    private static Dictionary<string, string> Shared(SettlementHouse house, string? databaseUrl) => new()
    {
        ["DATABASE_URL"] = databaseUrl ?? house.DatabaseUrl,
        ["TEMPORAL_ADDRESS"] = house.TemporalAddress,
        ["ACT_SIGNING_KEY"] = house.Secrets.ActSigningKey,
    };

    /// <summary>The settings are made when the program starts, because some (the database's address) are known only then.</summary>
    private static ManagedProcess Dotnet(string name, string folder, string assembly, SettlementHouse house, Func<Dictionary<string, string>> settings) => new(
        name,
        "dotnet",
        [RepositoryRoot.Program(folder, assembly)],
        house.LogFile(name),
        () =>
        {
            var all = settings();
            all["DOTNET_gcServer"] = "0";
            foreach (var (key, value) in house.Settings)
                all[key] = value;
            return all;
        });

    private static string Local(int port) => $"http://127.0.0.1:{Text(port)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
