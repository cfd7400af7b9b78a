namespace Temporalio.Client;

/// <summary>HTTP/2 pings that notice a dead connection.</summary>
public class KeepAliveOptions : ICloneable
{
    /// <summary>Gets or sets how long a connection may be silent before a ping.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long the answer may take before the connection is closed.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
