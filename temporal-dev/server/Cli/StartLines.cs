using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Operator;

namespace Temporalio.DevServer.Cli;

/// <summary>What the server says when it is ready, for people and for scripts that wait for it.</summary>
internal static class StartLines
{
    public static async Task WriteAsync(TextWriter output, DevServerOptions options, ProcessSettings settings, DevServer server)
    {
        await output.WriteLineAsync($"temporal-dev {ClusterFacts.ServerVersion}, a Temporal server for one machine");
        await output.WriteLineAsync();
        await output.WriteLineAsync($"Namespaces:  {string.Join(", ", options.Namespaces)}");
        await output.WriteLineAsync($"State:       {State(options)}");
        if (options.TimeSkipping != TimeSkipping.None)
            await output.WriteLineAsync($"Time:        skips; {(options.TimeSkipping == TimeSkipping.Locked ? "locked until a test unlocks it" : "unlocked from the start")}");
        if (settings.WantsUi && options.TimeSkipping == TimeSkipping.None)
            await output.WriteLineAsync("Web UI:      not part of this server yet");
        // The last line: scripts that wait for it have all of them then.
        await output.WriteLineAsync($"Server:      {server.Address}{Tls(options)}");
        await output.FlushAsync();
    }

    private static string Tls(DevServerOptions options) => options.Tls switch
    {
        null => "",
        { ClientAuthorities: null } => " (TLS)",
        _ => " (TLS, clients must show a certificate)",
    };

    private static string State(DevServerOptions options) => options.Database is null
        ? "in memory: for tests only, all of it is lost when this process ends"
        : $"PostgreSQL {DatabaseName.Of(options.Database)}";
}
