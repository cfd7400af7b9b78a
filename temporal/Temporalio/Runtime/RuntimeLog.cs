using System.Text.Json;
using Microsoft.Extensions.Logging;
using Temporalio.Bridge;

namespace Temporalio.Runtime;

/// <summary>
/// Logs of the runtime itself, where no client's logger factory applies: filtered, and handed to the application's logger in the form
/// of the official SDK (a <see cref="ForwardedLog"/> as state). Without <see cref="LoggingOptions.Forwarding"/> they go nowhere.
/// </summary>
internal sealed class RuntimeLog
{
    /// <summary>Target of what calls to the server log.</summary>
    internal const string Client = "temporalio_client::retry";

    /// <summary>Target of what workflow tasks log.</summary>
    internal const string Workflow = "temporalio_sdk_core::worker::workflow";

    /// <summary>Target of what the export of metrics logs.</summary>
    internal const string Telemetry = "temporalio_sdk_core::telemetry";

    private readonly ILogger? logger;
    private readonly bool includeFields;
    private readonly TelemetryFilter filter;

    /// <summary>Initializes a new instance of the <see cref="RuntimeLog"/> class.</summary>
    /// <param name="options">Options, null for no logs.</param>
    internal RuntimeLog(LoggingOptions? options)
    {
        logger = options?.Forwarding?.Logger;
        includeFields = options?.Forwarding?.IncludeFields ?? true;
        filter = new(options?.Filter.FilterString);
    }

    /// <summary>Logs.</summary>
    /// <param name="level">Level.</param>
    /// <param name="target">What part logs; one of the constants.</param>
    /// <param name="message">What happened, without the fields.</param>
    /// <param name="fields">What is known of it. Values are written as JSON strings, so that any value can be.</param>
    internal void Write(LogLevel level, string target, string message, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        if (logger == null || !filter.Keeps(level, target))
        {
            return;
        }
        var time = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var state = new ForwardedLog(level, target, message, time, includeFields ? JsonOf(fields) : null);
        logger.Log(level, default, state, null, static (log, _) => log.ToString());
    }

    private static IReadOnlyDictionary<string, string>? JsonOf(ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var values = new Dictionary<string, string?>(fields.Length);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }
        return Bridge.Runtime.ReadJsonObjectToRawValues(JsonSerializer.SerializeToUtf8Bytes(values));
    }
}
