using Grpc.Core;
using Temporalio.Api.OperatorService.V1;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Operator;

/// <summary>What the server is and can do. Capabilities follow from the handlers that are there, so that nothing is advertised that is not built.</summary>
internal sealed class SystemHandlers(ServerServices services, ServerParts parts, ClusterIdentity identity)
{
    /// <summary>Which clients may come, in the ranges of the real server.</summary>
    private static readonly Dictionary<string, string> SupportedClients = new(StringComparer.Ordinal)
    {
        ["temporal-cli"] = "<2.0.0",
        ["temporal-go"] = "<2.0.0",
        ["temporal-java"] = "<2.0.0",
        ["temporal-php"] = "<2.0.0",
        ["temporal-server"] = "<2.0.0",
        ["temporal-typescript"] = "<2.0.0",
        ["temporal-ui"] = "<3.0.0",
    };

    public void Register()
    {
        services.Workflow.Unary<GetSystemInfoRequest, GetSystemInfoResponse>("GetSystemInfo", SystemInfo);
        services.Workflow.Unary<GetClusterInfoRequest, GetClusterInfoResponse>("GetClusterInfo", ClusterInfo);
        services.Operator.Unary<ListClustersRequest, ListClustersResponse>("ListClusters", Clusters);
    }

    private GetSystemInfoResponse SystemInfo(GetSystemInfoRequest request)
    {
        var completesTasks = services.Workflow.Handles("RespondWorkflowTaskCompleted");
        return new GetSystemInfoResponse
        {
            ServerVersion = ClusterFacts.ServerVersion,
            Capabilities = new GetSystemInfoResponse.Types.Capabilities
            {
                SignalAndQueryHeader = services.Workflow.Handles("SignalWorkflowExecution") && services.Workflow.Handles("QueryWorkflow"),
                InternalErrorDifferentiation = true,
                ActivityFailureIncludeHeartbeat = services.Workflow.Handles("RespondActivityTaskFailed"),
                SupportsSchedules = services.Workflow.Handles("CreateSchedule"),
                EncodedFailureAttributes = completesTasks,
                // Workers tell their build with each poll and each answer, and histories say which build did what. Tasks are not routed by it.
                BuildIdBasedVersioning = completesTasks,
                UpsertMemo = completesTasks,
                EagerWorkflowStart = services.StartsWorkflowsEagerly,
                SdkMetadata = completesTasks,
                CountGroupByExecutionStatus = services.Workflow.Handles("CountWorkflowExecutions"),
            },
        };
    }

    private GetClusterInfoResponse ClusterInfo(GetClusterInfoRequest request) => new()
    {
        SupportedClients = { SupportedClients },
        ServerVersion = ClusterFacts.ServerVersion,
        ClusterId = identity.Id,
        ClusterName = ClusterFacts.ClusterName,
        HistoryShardCount = 1,
        PersistenceStore = StoreName,
        VisibilityStore = StoreName,
        InitialFailoverVersion = 1,
        FailoverVersionIncrement = 10,
        VersionInfo = new Api.Version.V1.VersionInfo(),
    };

    private Task<ListClustersResponse> Clusters(ListClustersRequest request, ServerCallContext call) => Task.FromResult(new ListClustersResponse
    {
        Clusters =
        {
            new ClusterMetadata
            {
                ClusterName = ClusterFacts.ClusterName,
                ClusterId = identity.Id,
                Address = identity.Address,
                InitialFailoverVersion = 1,
                HistoryShardCount = 1,
                IsConnectionEnabled = true,
            },
        },
    });

    private string StoreName => parts.Store.IsDurable ? "postgres" : "memory";
}
