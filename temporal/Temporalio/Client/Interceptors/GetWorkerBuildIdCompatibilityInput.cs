namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.GetWorkerBuildIdCompatibilityAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="TaskQueue">Task queue.</param>
/// <param name="MaxSets">How many sets to return at most; 0 means all.</param>
/// <param name="RpcOptions">Options of the call itself.</param>
public record GetWorkerBuildIdCompatibilityInput(
    string TaskQueue,
    int MaxSets,
    RpcOptions? RpcOptions);
