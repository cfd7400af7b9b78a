using System.Diagnostics;
using System.Text.Json;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests.OfficialTypeScript;

/// <summary>The official TypeScript SDK, installed once by the ordinary npm client as its lock file says, and its suite.</summary>
internal static class TypeScriptSdk
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private static string Folder => Path.Combine(Repository.Root, "tests", "Conformance", "typescript");

    /// <summary>The names of all behaviours.</summary>
    public static IReadOnlyList<string> Behaviours { get; } =
        JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(Folder, "behaviours.json")))!;

    /// <summary>The same, for a theory.</summary>
    public static TheoryData<string> Cases => [.. Behaviours];

    /// <summary>The column of the results on a server.</summary>
    public static string ColumnOn(string server) => $"TypeScript SDK, {server}";

    /// <summary>Runs all behaviours against a server: by name, why each failed, or null.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> RunAsync(string targetHost)
    {
        await Installed.Value;
        var (exit, output, errors) = await CommandAsync("node", ["suite.js", targetHost], RunLimit);
        var results = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n').Where(l => l.StartsWith("{\"behaviour\"", StringComparison.Ordinal)))
        {
            using var result = JsonDocument.Parse(line);
            results[result.RootElement.GetProperty("behaviour").GetString()!] =
                result.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null;
        }
        foreach (var silent in Behaviours.Where(b => !results.ContainsKey(b)))
        {
            results[silent] = $"the suite said nothing of it (node ended with {exit}):\n{errors}";
        }
        return results;
    }

    /// <summary>The stamp says which lock file is installed, so that nothing is asked of a registry twice.</summary>
    private static async Task InstallAsync()
    {
        var stamp = Path.Combine(Folder, "node_modules", ".installed");
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        // Two test processes in one checkout would install into the same folder.
        await using var only = await OnlyOneAsync();
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return;
        }
        var (exit, _, errors) = await CommandAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], InstallLimit);
        if (exit != 0)
        {
            throw new InvalidOperationException($"npm could not install the official TypeScript SDK in tests/Conformance/typescript: {errors.Trim()}");
        }
        await File.WriteAllTextAsync(stamp, wanted);
    }

    private static async Task<FileStream> OnlyOneAsync()
    {
        using var limit = new CancellationTokenSource(InstallLimit);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Folder, ".install.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
            }
        }
    }

    private static async Task<(int Exit, string Output, string Errors)> CommandAsync(string program, string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var late = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, await output, $"{program} had not ended after {limit.TotalSeconds:0} s\n{await errors}");
        }
        return (process.ExitCode, await output, await errors);
    }
}
