using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Settlement.Benchmarks.Peers;

/// <summary>PostgreSQL's own benchmark on the same cluster: how many small durable transactions this machine commits per second.</summary>
internal static partial class Pgbench
{
    /// <summary>TPC-B-like transactions per second with 8 clients for <paramref name="seconds"/> seconds.</summary>
    /// <param name="binaries">Folder of the PostgreSQL executables.</param>
    /// <param name="connectionUri">postgresql:// URI of an empty database that may be filled.</param>
    /// <param name="seconds">How long.</param>
    public static async Task<double> RunAsync(string binaries, string connectionUri, int seconds)
    {
        var program = Path.Combine(binaries, "pgbench");
        await OutputAsync(program, ["-i", "-q", "-s", "5", connectionUri]);
        var output = await OutputAsync(program, ["-n", "-c", "8", "-j", "2", "-T", seconds.ToString(CultureInfo.InvariantCulture), connectionUri]);
        var match = Tps().Match(output);
        return match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"pgbench printed no tps:\n{output}");
    }

    private static async Task<string> OutputAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pgbench failed: {await errors}");
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
