using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of <see cref="WorkflowOutboundInterceptor.StartNexusOperationAsync"/>.</summary>
/// <param name="Service">Service name.</param>
/// <param name="ClientOptions">Options of the client, with the endpoint.</param>
/// <param name="OperationName">Operation name.</param>
/// <param name="Arg">Argument, null without one.</param>
/// <param name="Options">Options.</param>
/// <param name="Headers">Nexus headers to send. They are not encoded.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record StartNexusOperationInput(
    string Service,
    NexusClientOptions ClientOptions,
    string OperationName,
    object? Arg,
    NexusOperationOptions Options,
    IDictionary<string, string>? Headers);
