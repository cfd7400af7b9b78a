using Temporalio.Client;
using Temporalio.Client.Interceptors;

namespace Temporalio.Testing;

/// <summary>Lets the server skip time while the result of a workflow is awaited that this client started.</summary>
internal sealed class TimeSkippingClientInterceptor(EphemeralEnvironment environment) : IClientInterceptor
{
    /// <inheritdoc />
    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => new Outbound(nextInterceptor, environment);

    private sealed class Outbound(ClientOutboundInterceptor next, EphemeralEnvironment environment) : ClientOutboundInterceptor(next)
    {
        public override async Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input)
        {
            var handle = await base.StartWorkflowAsync<TWorkflow, TResult>(input).ConfigureAwait(false);
            return new SkippingHandle<TWorkflow, TResult>(environment, handle);
        }
    }

    private sealed record SkippingHandle<TWorkflow, TResult> : WorkflowHandle<TWorkflow, TResult>
    {
        private readonly EphemeralEnvironment environment;

        public SkippingHandle(EphemeralEnvironment environment, WorkflowHandle<TWorkflow, TResult> handle)
            : base(handle) => this.environment = environment;

        public override Task<TLocalResult> GetResultAsync<TLocalResult>(bool followRuns = true, RpcOptions? rpcOptions = null) =>
            environment.WithTimeSkippingAsync(() => base.GetResultAsync<TLocalResult>(followRuns, rpcOptions));
    }
}
