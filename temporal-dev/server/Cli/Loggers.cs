using Microsoft.Extensions.Logging;

namespace Temporalio.DevServer.Cli;

/// <summary>Logs on standard error, in the formats of the official server.</summary>
internal static class Loggers
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    public static ILoggerFactory Create(ProcessSettings settings) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(LevelOf(settings.LogLevel));
        // Kestrel tells every broken connection at debug; that is the network's life, not this server's.
        builder.AddFilter("Microsoft", LevelOf(settings.LogLevel) < LogLevel.Warning ? LogLevel.Warning : LevelOf(settings.LogLevel));
        // What never reaches a handler is refused, and no more to be said of; handlers that fail are logged by us.
        builder.AddFilter("Grpc", LogLevel.None);
        // Why the port does not open is said in one line, by us.
        builder.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (settings.LogFormat == "json")
            builder.AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp) = (TimeFormat.Trim(), true));
        else
            builder.AddSimpleConsole(line => (line.SingleLine, line.TimestampFormat, line.UseUtcTimestamp) = (true, TimeFormat, true));
        builder.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });

    private static LogLevel LevelOf(string name) => name switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => LogLevel.None,
    };
}
