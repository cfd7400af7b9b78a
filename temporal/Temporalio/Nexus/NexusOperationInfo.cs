namespace Temporalio.Nexus;

/// <summary>Where a Nexus operation is handled.</summary>
/// <param name="Namespace">Namespace of the worker.</param>
/// <param name="TaskQueue">Task queue of the worker.</param>
/// <remarks>Parameters may be added: do not call the constructor.</remarks>
public record NexusOperationInfo(string Namespace, string TaskQueue)
{
    /// <summary>Gets the endpoint that was called, empty if the server does not say.</summary>
    public string Endpoint { get; init; } = string.Empty;
}
