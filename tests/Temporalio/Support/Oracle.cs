using System.Diagnostics;

namespace Temporalio.InTree.Tests.Support;

/// <summary>
/// Finds the real Temporal executables: the one that TEMPORAL_CLI names, else what <c>../shared/temporal/install.sh</c> unpacks.
/// </summary>
internal static class Oracle
{
    private static readonly Lazy<string?> Folder = new(Install);

    /// <summary>Why tests that need an oracle are skipped, in the form that the test runner recognises.</summary>
    public const string Missing = "oracle: neither TEMPORAL_CLI nor ../shared/temporal is here";

    /// <summary>Path of the <c>temporal</c> command line and dev server, or null.</summary>
    public static string? TemporalCli =>
        Environment.GetEnvironmentVariable("TEMPORAL_CLI") is { Length: > 0 } named ? named : InFolder("temporal");

    /// <summary>Path of the official time-skipping test server, or null.</summary>
    public static string? TestServer => InFolder("temporal-test-server");

    private static string? InFolder(string name) => Folder.Value is { } folder ? Path.Combine(folder, name) : null;

    private static string? Install()
    {
        if (FindScript() is not { } script)
        {
            return null;
        }
        using var process = Process.Start(new ProcessStartInfo("bash") { ArgumentList = { script }, RedirectStandardOutput = true })!;
        var folder = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException($"{script} failed with {process.ExitCode}");
    }

    private static string? FindScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Settlement.Workflows.sln")))
            {
                var script = Path.Combine(folder.Parent!.FullName, "shared", "temporal", "install.sh");
                return File.Exists(script) ? script : null;
            }
        }
        return null;
    }
}
