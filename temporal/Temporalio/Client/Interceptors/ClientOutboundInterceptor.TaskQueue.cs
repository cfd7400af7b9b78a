namespace Temporalio.Client.Interceptors;

public abstract partial class ClientOutboundInterceptor
{
    /// <summary>Changes which builds are compatible.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when it is changed.</returns>
    public virtual Task UpdateWorkerBuildIdCompatibilityAsync(UpdateWorkerBuildIdCompatibilityInput input) =>
        Next.UpdateWorkerBuildIdCompatibilityAsync(input);

    /// <summary>Reads version sets.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The sets, or null.</returns>
    public virtual Task<WorkerBuildIdVersionSets?> GetWorkerBuildIdCompatibilityAsync(
        GetWorkerBuildIdCompatibilityInput input) => Next.GetWorkerBuildIdCompatibilityAsync(input);

    /// <summary>Asks which workflows builds can still be needed for.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The answer.</returns>
    public virtual Task<WorkerTaskReachability> GetWorkerTaskReachabilityAsync(GetWorkerTaskReachabilityInput input) =>
        Next.GetWorkerTaskReachabilityAsync(input);
}
