namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Wraps what a worker runs. A client interceptor that implements this too applies to the client's workers.
/// </summary>
public interface IWorkerInterceptor
{
    /// <summary>Wraps a workflow run. Called once for each; must be deterministic.</summary>
    /// <param name="nextInterceptor">Next in the chain.</param>
    /// <returns>The wrapper, or the argument.</returns>
    WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor) => nextInterceptor;

    /// <summary>Wraps an activity attempt. Called once for each.</summary>
    /// <param name="nextInterceptor">Next in the chain.</param>
    /// <returns>The wrapper, or the argument.</returns>
    ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => nextInterceptor;

    /// <summary>Wraps a call of a Nexus operation handler. Called once for each.</summary>
    /// <param name="nextInterceptor">Next in the chain.</param>
    /// <returns>The wrapper, or the argument.</returns>
    NexusOperationInboundInterceptor InterceptNexusOperation(NexusOperationInboundInterceptor nextInterceptor) => nextInterceptor;
}
