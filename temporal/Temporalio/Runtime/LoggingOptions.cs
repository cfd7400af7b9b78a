namespace Temporalio.Runtime;

/// <summary>Logs of the runtime itself, where no client's logger factory applies.</summary>
public class LoggingOptions : ICloneable
{
    /// <summary>Gets or sets where to send them; null for nowhere.</summary>
    public LogForwardingOptions? Forwarding { get; set; }

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (LoggingOptions)MemberwiseClone();
        copy.Forwarding = (LogForwardingOptions?)Forwarding?.Clone();
        return copy;
    }
}
