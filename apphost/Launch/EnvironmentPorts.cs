using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Launch;

/// <summary>The ports of one run, all on 127.0.0.1.</summary>
public sealed record EnvironmentPorts(int Postgres, int Temporal, int WebUi, int Bank, int Worker, int Api)
{
    private const int PostgresPort = 5433;
    private const int TemporalPort = 7233;
    private const int WebUiPort = 8233;
    private const int BankPort = 8090;
    private const int WorkerPort = 8087;
    private const int ApiPort = 8086;

    /// <summary>The documented ports where they are free, else the next free ones.</summary>
    public static EnvironmentPorts Documented()
    {
        var taken = new HashSet<int>();
        int At(int preferred) => FreePort.AtOrAbove(preferred, taken);
        // The fixed order keeps neighbours apart: the API's port is asked for before the worker's.
        var (postgres, temporal, ui, bank, api) = (At(PostgresPort), At(TemporalPort), At(WebUiPort), At(BankPort), At(ApiPort));
        return new EnvironmentPorts(postgres, temporal, ui, bank, At(WorkerPort), api);
    }

    /// <summary>Any free ports.</summary>
    public static EnvironmentPorts Any() => new(FreePort.Any(), FreePort.Any(), FreePort.Any(), FreePort.Any(), FreePort.Any(), FreePort.Any());
}
