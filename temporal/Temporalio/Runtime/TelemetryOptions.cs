namespace Temporalio.Runtime;

/// <summary>Telemetry of a runtime.</summary>
public class TelemetryOptions : ICloneable
{
    /// <summary>Gets or sets logging options; null for no logs of the runtime.</summary>
    public LoggingOptions? Logging { get; set; } = new();

    /// <summary>Gets or sets metrics options; null for none.</summary>
    public MetricsOptions? Metrics { get; set; }

    /// <summary>Makes a copy, nested options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (TelemetryOptions)MemberwiseClone();
        copy.Logging = (LoggingOptions?)Logging?.Clone();
        copy.Metrics = (MetricsOptions?)Metrics?.Clone();
        return copy;
    }
}
