using NexusRpc.Handlers;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of <see cref="NexusOperationInboundInterceptor.ExecuteNexusOperationStartAsync"/>.</summary>
/// <param name="Context">The call.</param>
/// <param name="Input">Argument.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record ExecuteNexusOperationStartInput(OperationStartContext Context, object? Input);
