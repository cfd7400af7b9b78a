using System.Globalization;

namespace Temporalio.Runtime;

/// <summary>Which of the runtime's own logs are kept.</summary>
public class TelemetryFilterOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="TelemetryFilterOptions"/> class.</summary>
    /// <param name="filterString">See <see cref="FilterString"/>.</param>
    public TelemetryFilterOptions(string filterString) => FilterString = filterString;

    /// <summary>Initializes a new instance of the <see cref="TelemetryFilterOptions"/> class.</summary>
    /// <param name="core">Lowest level kept of the runtime's own logs.</param>
    /// <param name="other">Lowest level kept of all others.</param>
    public TelemetryFilterOptions(Level core = Level.Warn, Level other = Level.Error)
    {
        var (own, rest) = (Word(core), Word(other));
        string[] parts = ["temporalio_common", "temporalio_sdk_core", "temporalio_client", "temporalio_sdk"];
        FilterString = string.Join(',', [rest, .. parts.Select(part => $"{part}={own}")]);
    }

    /// <summary>Levels, from the most talkative to the least.</summary>
    public enum Level
    {
        /// <summary>Everything.</summary>
        Trace,

        /// <summary>What helps to find a fault.</summary>
        Debug,

        /// <summary>What happens.</summary>
        Info,

        /// <summary>What should not happen often.</summary>
        Warn,

        /// <summary>What should not happen.</summary>
        Error,
    }

    /// <summary>
    /// Gets or sets the filter: parts divided by commas, each a level (<c>WARN</c>) or a target and its level (<c>temporalio_client=DEBUG</c>).
    /// </summary>
    public string? FilterString { get; set; }

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();

    private static string Word(Level level) => level.ToString().ToUpper(CultureInfo.InvariantCulture);
}
