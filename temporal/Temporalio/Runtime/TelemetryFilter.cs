using Microsoft.Extensions.Logging;

namespace Temporalio.Runtime;

/// <summary>A <see cref="TelemetryFilterOptions.FilterString"/> that was read. What of it cannot be read counts for nothing, as in the official core.</summary>
internal sealed class TelemetryFilter
{
    // Longest target first: the closest rule counts.
    private readonly (string Target, LogLevel Level)[] rules;

    /// <summary>Initializes a new instance of the <see cref="TelemetryFilter"/> class.</summary>
    /// <param name="text">The filter string; null or empty keeps errors only.</param>
    internal TelemetryFilter(string? text) => rules =
    [
        .. (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Select(part => (Target: part.Length == 2 ? part[0] : string.Empty, Level: LevelOf(part[^1])))
            .Where(rule => rule.Level != null)
            .Select(rule => (rule.Target, Level: rule.Level!.Value))
            .Append((Target: string.Empty, Level: LogLevel.Error))
            .OrderByDescending(rule => rule.Target.Length),
    ];

    /// <summary>Whether a log is kept.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="target">Its target, such as <c>temporalio_client::retry</c>.</param>
    /// <returns>True if it is.</returns>
    internal bool Keeps(LogLevel level, string target) =>
        level >= Array.Find(rules, rule => target.StartsWith(rule.Target, StringComparison.Ordinal)).Level;

    private static LogLevel? LevelOf(string word) => word.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" => LogLevel.Information,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "OFF" => LogLevel.None,
        _ => null,
    };
}
