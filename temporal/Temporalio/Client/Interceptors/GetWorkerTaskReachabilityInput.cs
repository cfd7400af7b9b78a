using Temporalio.Api.Enums.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.GetWorkerTaskReachabilityAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="BuildIds">Builds.</param>
/// <param name="TaskQueues">Task queues; empty for all.</param>
/// <param name="Reachability">Kind of need to look for.</param>
/// <param name="RpcOptions">Options of the call itself.</param>
public record GetWorkerTaskReachabilityInput(
    IReadOnlyCollection<string> BuildIds,
    IReadOnlyCollection<string> TaskQueues,
    TaskReachability? Reachability,
    RpcOptions? RpcOptions);
