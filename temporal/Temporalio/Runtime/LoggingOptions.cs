namespace Temporalio.Runtime;

/// <summary>Logs of the runtime itself, where no client's logger factory applies.</summary>
public class LoggingOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="LoggingOptions"/> class.</summary>
    public LoggingOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LoggingOptions"/> class.</summary>
    /// <param name="filter">See <see cref="Filter"/>.</param>
    public LoggingOptions(TelemetryFilterOptions filter) => Filter = filter;

    /// <summary>Gets or sets which logs are kept: by default warnings of the runtime and errors of all else.</summary>
    public TelemetryFilterOptions Filter { get; set; } = new();

    /// <summary>Gets or sets where to send them; null for nowhere.</summary>
    public LogForwardingOptions? Forwarding { get; set; }

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (LoggingOptions)MemberwiseClone();
        copy.Filter = (TelemetryFilterOptions)Filter.Clone();
        copy.Forwarding = (LogForwardingOptions?)Forwarding?.Clone();
        return copy;
    }
}
