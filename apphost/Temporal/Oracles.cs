using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Temporal;

/// <summary>
/// The official executables of <c>../shared/temporal</c>: command line with dev server, time-skipping test server, and the Go peer
/// for benchmarks. Tests hold ours against them, as oracles; nothing that a user runs needs them.
/// </summary>
public static class Oracles
{
    /// <summary>What a test says when it is skipped for want of an oracle. The gate treats it as a failure where ../shared is present.</summary>
    public const string MissingReason = "oracle: the official executables of ../shared/temporal are not here";

    private static readonly Lazy<string?> InstalledFolder = new(Install);

    /// <summary>The folder that holds the unpacked executables, or null where ../shared/temporal does not exist.</summary>
    public static string? Folder => InstalledFolder.Value;

    /// <summary>The <c>temporal</c> command line: TEMPORAL_CLI, else the one of ../shared; null if there is neither.</summary>
    public static string? TemporalCli
    {
        get
        {
            var configured = Environment.GetEnvironmentVariable("TEMPORAL_CLI");
            if (string.IsNullOrWhiteSpace(configured))
                return Executable("temporal");
            return File.Exists(configured) ? configured : throw new FileNotFoundException($"TEMPORAL_CLI names {configured}, which does not exist.", configured);
        }
    }

    /// <summary>The official time-skipping test server, or null.</summary>
    public static string? TimeSkippingServer => Executable("temporal-test-server");

    /// <summary>The official Go worker and load generator, or null.</summary>
    public static string? Peer => Executable("temporal-peer");

    private static string? Executable(string name) => Folder is { } folder && File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name) : null;

    private static string? Install()
    {
        var script = Path.Combine(RepositoryRoot.Folder, "..", "shared", "temporal", "install.sh");
        if (!File.Exists(script))
            return null;
        return ProcessResult.OutputAsync("bash", [script]).GetAwaiter().GetResult().Trim();
    }
}
