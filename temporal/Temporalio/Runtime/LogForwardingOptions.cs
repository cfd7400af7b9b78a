using Microsoft.Extensions.Logging;

namespace Temporalio.Runtime;

/// <summary>Where the runtime's own logs go.</summary>
public class LogForwardingOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="LogForwardingOptions"/> class.</summary>
    public LogForwardingOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LogForwardingOptions"/> class.</summary>
    /// <param name="logger">Logger to send to.</param>
    public LogForwardingOptions(ILogger logger) => Logger = logger;

    /// <summary>Gets or sets the logger to send to.</summary>
    public ILogger? Logger { get; set; }

    /// <summary>Gets or sets a value indicating whether what is known beside the message is logged with it.</summary>
    public bool IncludeFields { get; set; } = true;

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
