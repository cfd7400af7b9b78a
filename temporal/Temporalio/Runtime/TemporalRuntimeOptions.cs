namespace Temporalio.Runtime;

/// <summary>Options of a <see cref="TemporalRuntime"/>.</summary>
public class TemporalRuntimeOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="TemporalRuntimeOptions"/> class.</summary>
    public TemporalRuntimeOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TemporalRuntimeOptions"/> class.</summary>
    /// <param name="telemetry">See <see cref="Telemetry"/>.</param>
    public TemporalRuntimeOptions(TelemetryOptions telemetry) => Telemetry = telemetry;

    /// <summary>Gets or sets telemetry options.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>
    /// Gets or sets how often workers report themselves to the server, null for never. Not used here: no worker does, so servers treat
    /// them as those of an older SDK.
    /// </summary>
    public TimeSpan? WorkerHeartbeatInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Makes a copy, nested options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (TemporalRuntimeOptions)MemberwiseClone();
        copy.Telemetry = (TelemetryOptions)Telemetry.Clone();
        return copy;
    }
}
