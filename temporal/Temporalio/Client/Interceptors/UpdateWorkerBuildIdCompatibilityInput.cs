namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.UpdateWorkerBuildIdCompatibilityAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="TaskQueue">Task queue.</param>
/// <param name="BuildIdOp">The change.</param>
/// <param name="RpcOptions">Options of the call itself.</param>
public record UpdateWorkerBuildIdCompatibilityInput(
    string TaskQueue,
    BuildIdOp BuildIdOp,
    RpcOptions? RpcOptions);
