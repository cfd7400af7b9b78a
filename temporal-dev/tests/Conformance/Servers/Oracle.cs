using System.Diagnostics;

namespace Temporalio.Conformance.Tests.Servers;

/// <summary>
/// Finds the real Temporal executables: the one that TEMPORAL_CLI names, else what <c>shared/temporal/install.sh</c> in one of the folders above
/// unpacks.
/// </summary>
internal static class Oracle
{
    private static readonly Lazy<string?> Folder = new(Install);

    /// <summary>Why tests that need an oracle are skipped, in the form that test runners recognise.</summary>
    public const string Missing = "oracle: neither TEMPORAL_CLI nor shared/temporal is here";

    /// <summary>Path of the <c>temporal</c> command line and dev server, or null.</summary>
    public static string? TemporalCli =>
        Environment.GetEnvironmentVariable("TEMPORAL_CLI") is { Length: > 0 } named ? named
        : Folder.Value is { } folder ? Path.Combine(folder, "temporal") : null;

    /// <summary>Skips the calling test, with the reason, where they are not here.</summary>
    public static void Require() => Assert.SkipWhen(TemporalCli is null, Missing);

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
            var script = Path.Combine(folder.FullName, "shared", "temporal", "install.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }
        return null;
    }
}
