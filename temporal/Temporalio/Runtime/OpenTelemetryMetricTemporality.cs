namespace Temporalio.Runtime;

/// <summary>What the sums of exported metrics begin with.</summary>
public enum OpenTelemetryMetricTemporality
{
    /// <summary>With the start of the runtime.</summary>
    Cumulative,

    /// <summary>With the export before.</summary>
    Delta,
}
