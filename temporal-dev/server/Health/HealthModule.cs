using Grpc.Core;
using Grpc.Health.V1;
using Temporalio.DevServer.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Temporalio.DevServer.Health;

/// <summary>
/// The health service (grpc.health.v1). A server that listens serves: it opens its port when everything is recovered. When it is about to end, it no longer does.
/// </summary>
internal sealed class HealthModule(ServerParts parts) : IServerModule
{
    /// <summary>The names that health can be asked of: the server as a whole, and each Temporal service it has.</summary>
    private readonly HashSet<string> names = new(StringComparer.Ordinal) { "", "temporal.api.workflowservice.v1.WorkflowService", "temporal.api.operatorservice.v1.OperatorService" };

    public void Register(ServerServices services)
    {
        if (parts.Options.TimeSkipping != TimeSkipping.None)
            names.Add("temporal.api.testservice.v1.TestService");
        services.Health.Unary<HealthCheckRequest, HealthCheckResponse>("Check", Check);
        services.Health.ServerStreaming<HealthCheckRequest, HealthCheckResponse>("Watch", WatchAsync);
    }

    private HealthCheckResponse Check(HealthCheckRequest request) => names.Contains(request.Service)
        ? Answer(Status)
        : throw new RpcException(new Status(StatusCode.NotFound, "unknown service"));

    private async Task WatchAsync(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responses, ServerCallContext call)
    {
        var isKnown = names.Contains(request.Service);
        await responses.WriteAsync(Answer(isKnown ? Status : ServingStatus.ServiceUnknown));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, parts.Stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        call.CancellationToken.ThrowIfCancellationRequested();
        if (isKnown)
            await responses.WriteAsync(Answer(ServingStatus.NotServing));
    }

    private ServingStatus Status => parts.Stopping.IsCancellationRequested ? ServingStatus.NotServing : ServingStatus.Serving;

    private static HealthCheckResponse Answer(ServingStatus status) => new() { Status = status };
}
