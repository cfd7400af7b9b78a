using NexusRpc.Handlers;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of <see cref="NexusOperationInboundInterceptor.ExecuteNexusOperationCancelAsync"/>.</summary>
/// <param name="Context">The call.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record ExecuteNexusOperationCancelInput(OperationCancelContext Context);
