namespace Temporalio.Workflows;

/// <summary>Options of a <see cref="NexusClient"/>.</summary>
public class NexusClientOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="NexusClientOptions"/> class.</summary>
    public NexusClientOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="NexusClientOptions"/> class.</summary>
    /// <param name="endpoint">Endpoint name.</param>
    public NexusClientOptions(string endpoint) => Endpoint = endpoint;

    /// <summary>Gets or sets the endpoint name. Required.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
