using NexusRpc;

namespace Temporalio.Workflows;

/// <content>
/// Nexus.
/// </content>
public static partial class Workflow
{
    /// <summary>Makes a client of a Nexus service.</summary>
    /// <typeparam name="TService">Interface with <see cref="NexusServiceAttribute"/>.</typeparam>
    /// <param name="endpoint">Endpoint name.</param>
    /// <returns>The client.</returns>
    public static NexusClient<TService> CreateNexusClient<TService>(string endpoint) =>
        CreateNexusClient<TService>(new NexusClientOptions(endpoint));

    /// <summary>Makes a client of a Nexus service.</summary>
    /// <typeparam name="TService">Interface with <see cref="NexusServiceAttribute"/>.</typeparam>
    /// <param name="options">Options with an endpoint.</param>
    /// <returns>The client.</returns>
    public static NexusClient<TService> CreateNexusClient<TService>(NexusClientOptions options) =>
        new(ServiceDefinition.FromType<TService>(), options);

    /// <summary>Makes a client of a Nexus service known by name only.</summary>
    /// <param name="service">Service name.</param>
    /// <param name="endpoint">Endpoint name.</param>
    /// <returns>The client.</returns>
    public static NexusClient CreateNexusClient(string service, string endpoint) =>
        CreateNexusClient(service, new NexusClientOptions(endpoint));

    /// <summary>Makes a client of a Nexus service known by name only.</summary>
    /// <param name="service">Service name.</param>
    /// <param name="options">Options with an endpoint.</param>
    /// <returns>The client.</returns>
    public static NexusClient CreateNexusClient(string service, NexusClientOptions options) => new(service, options);

    /// <summary>The name that later versions of the official SDK give to <see cref="CreateNexusClient{TService}(string)"/>.</summary>
    /// <typeparam name="TService">Interface with <see cref="NexusServiceAttribute"/>.</typeparam>
    /// <param name="endpoint">Endpoint name.</param>
    /// <returns>The client.</returns>
    public static NexusClient<TService> CreateNexusWorkflowClient<TService>(string endpoint) => CreateNexusClient<TService>(endpoint);

    /// <summary>The name that later versions of the official SDK give to <see cref="CreateNexusClient(string, string)"/>.</summary>
    /// <param name="service">Service name.</param>
    /// <param name="endpoint">Endpoint name.</param>
    /// <returns>The client.</returns>
    public static NexusClient CreateNexusWorkflowClient(string service, string endpoint) => CreateNexusClient(service, endpoint);
}
