using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.Replication.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;

namespace Temporalio.DevServer.Operator;

/// <summary>Shows a namespace as the API does, with the capabilities that this server has built.</summary>
internal sealed class NamespaceView(ServerServices services)
{
    private const long BlobLimitBytes = 2 * 1024 * 1024;

    public DescribeNamespaceResponse Describe(NamespaceEntry entry) => new()
    {
        NamespaceInfo = Info(entry),
        Config = new NamespaceConfig
        {
            WorkflowExecutionRetentionTtl = Duration.FromTimeSpan(entry.Retention),
            BadBinaries = new BadBinaries(),
            HistoryArchivalState = ArchivalState.Disabled,
            VisibilityArchivalState = ArchivalState.Disabled,
        },
        ReplicationConfig = new NamespaceReplicationConfig
        {
            ActiveClusterName = ClusterFacts.ClusterName,
            Clusters = { new ClusterReplicationConfig { ClusterName = ClusterFacts.ClusterName } },
            State = ReplicationState.Normal,
        },
    };

    private NamespaceInfo Info(NamespaceEntry entry)
    {
        var info = NamespaceDocument.Info(entry);
        info.Capabilities = Capabilities();
        info.Limits = new NamespaceInfo.Types.Limits { BlobSizeLimitError = BlobLimitBytes, MemoSizeLimitError = BlobLimitBytes };
        info.SupportsSchedules = services.Workflow.Handles("CreateSchedule");
        return info;
    }

    private NamespaceInfo.Types.Capabilities Capabilities()
    {
        var updates = services.Workflow.Handles("UpdateWorkflowExecution");
        return new NamespaceInfo.Types.Capabilities
        {
            EagerWorkflowStart = services.StartsWorkflowsEagerly,
            SyncUpdate = updates,
            AsyncUpdate = updates && services.Workflow.Handles("PollWorkflowExecutionUpdate"),
        };
    }
}
