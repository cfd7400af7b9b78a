using System.Globalization;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Postgres;

/// <summary>Finds PostgreSQL's server programs, and installs them from the distribution's packages where they are missing.</summary>
public static class PostgresBinaries
{
    private const int OldestSupported = 15;
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>The folder that holds initdb and postgres: SETTLEMENT_POSTGRES_BIN, else the newest of the distribution; null if there is none.</summary>
    public static string? Find()
    {
        var configured = Environment.GetEnvironmentVariable("SETTLEMENT_POSTGRES_BIN");
        if (!string.IsNullOrWhiteSpace(configured))
            return File.Exists(Path.Combine(configured, "initdb")) ? configured : throw new UserErrorException($"SETTLEMENT_POSTGRES_BIN is '{configured}', which holds no initdb.");
        if (!Directory.Exists(DebianFolder))
            return null;
        return Directory.GetDirectories(DebianFolder)
            .Select(d => (Folder: Path.Combine(d, "bin"), Version: int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var v) ? v : 0))
            .Where(c => c.Version >= OldestSupported && File.Exists(Path.Combine(c.Folder, "initdb")))
            .OrderByDescending(c => c.Version)
            .Select(c => c.Folder)
            .FirstOrDefault();
    }

    /// <summary>As <see cref="Find"/>, but installs the distribution's package when there is none, and says so.</summary>
    /// <param name="say">Told what is being installed.</param>
    /// <param name="cancellationToken">Stops waiting for the installer.</param>
    /// <exception cref="UserErrorException">It cannot be installed here; the message says what to do.</exception>
    public static async Task<string> FindOrInstallAsync(Action<string> say, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(say);
        if (Find() is { } found)
            return found;
        if (!File.Exists("/usr/bin/apt-get") || !RunsAsRoot)
            throw new UserErrorException("PostgreSQL 15 or newer is missing: install the package 'postgresql', or set DATABASE_URL, or set SETTLEMENT_POSTGRES_BIN.");
        say("PostgreSQL is missing: installing the distribution's package 'postgresql' (apt-get)");
        // Debian would otherwise create and start a cluster of its own, which nobody asked for.
        Directory.CreateDirectory("/etc/postgresql-common/createcluster.d");
        await File.WriteAllTextAsync("/etc/postgresql-common/createcluster.d/settlement.conf", "create_main_cluster = false\n", cancellationToken);
        await AptAsync(["update", "-qq"], cancellationToken);
        await AptAsync(["install", "-y", "-qq", "--no-install-recommends", "postgresql"], cancellationToken);
        return Find() ?? throw new UserErrorException("apt-get installed 'postgresql', but no version 15 or newer is in /usr/lib/postgresql.");
    }

    internal static bool RunsAsRoot => Environment.UserName == "root";

    private static async Task AptAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var result = await ProcessResult.RunAsync("apt-get", arguments, new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" }, cancellationToken: cancellationToken);
        if (result.ExitCode != 0)
            throw new UserErrorException($"apt-get {string.Join(' ', arguments)} failed: {result.Errors.Trim()} {result.Output.Trim()}");
    }
}
