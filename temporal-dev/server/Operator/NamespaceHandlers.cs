using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.Replication.V1;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;

namespace Temporalio.DevServer.Operator;

/// <summary>Registers, shows, changes and deletes namespaces.</summary>
internal sealed class NamespaceHandlers(NamespaceRegistry namespaces, NamespaceView view, NamespaceDeletion deletion)
{
    private const int DefaultPageSize = 100;

    public void Register(ServerServices services)
    {
        services.Workflow.Unary<RegisterNamespaceRequest, RegisterNamespaceResponse>("RegisterNamespace", RegisterAsync);
        services.Workflow.Unary<DescribeNamespaceRequest, DescribeNamespaceResponse>("DescribeNamespace", Describe);
        services.Workflow.Unary<ListNamespacesRequest, ListNamespacesResponse>("ListNamespaces", List);
        services.Workflow.Unary<UpdateNamespaceRequest, UpdateNamespaceResponse>("UpdateNamespace", UpdateAsync);
        services.Workflow.Unary<DeprecateNamespaceRequest, DeprecateNamespaceResponse>("DeprecateNamespace", DeprecateAsync);
        services.Operator.Unary<DeleteNamespaceRequest, DeleteNamespaceResponse>("DeleteNamespace", DeleteAsync);
    }

    private async Task<RegisterNamespaceResponse> RegisterAsync(RegisterNamespaceRequest request, ServerCallContext call)
    {
        NamespaceRules.CheckName(request.Namespace);
        NamespaceRules.CheckTexts(request.Description, request.OwnerEmail, request.Data);
        var retention = NamespaceRules.Retention(request.WorkflowExecutionRetentionPeriod);
        if (request.IsGlobalNamespace)
            throw RpcRefusal.InvalidArgument("Cannot register global namespace when not enabled");
        if (request.ActiveClusterName is not ("" or ClusterFacts.ClusterName))
            throw RpcRefusal.InvalidArgument($"Invalid cluster name: {request.ActiveClusterName}");
        await namespaces.AddAsync(
            new NamespaceEntry
            {
                Id = Guid.NewGuid().ToString("D"),
                Name = request.Namespace,
                Description = request.Description,
                OwnerEmail = request.OwnerEmail,
                Data = request.Data.ToImmutableSortedDictionary(StringComparer.Ordinal),
                Retention = retention,
            },
            call.CancellationToken);
        return new RegisterNamespaceResponse();
    }

    private DescribeNamespaceResponse Describe(DescribeNamespaceRequest request)
    {
        if (request.Id.Length > 0)
            return view.Describe(namespaces.FindById(request.Id) ?? throw NamespaceErrors.NotFound(request.Id));
        NamespaceRules.CheckName(request.Namespace);
        return view.Describe(namespaces.Find(request.Namespace) ?? throw NamespaceErrors.NotFound(request.Namespace));
    }

    private ListNamespacesResponse List(ListNamespacesRequest request)
    {
        if (request.PageSize < 0)
            throw RpcRefusal.InvalidArgument("Invalid page size.");
        var after = request.NextPageToken.IsEmpty ? null : request.NextPageToken.ToStringUtf8();
        var size = request.PageSize == 0 ? DefaultPageSize : Math.Min(request.PageSize, NamespaceRegistry.MaxNamespaces);
        var page = namespaces.All.Values
            .Where(e => e.State != NamespaceState.Deleted || request.NamespaceFilter is { IncludeDeleted: true })
            .Where(e => after is null || string.CompareOrdinal(e.Name, after) > 0)
            .Take(size + 1)
            .ToList();
        var response = new ListNamespacesResponse { Namespaces = { page.Take(size).Select(view.Describe) } };
        if (page.Count > size)
            response.NextPageToken = ByteString.CopyFromUtf8(page[size - 1].Name);
        return response;
    }

    private async Task<UpdateNamespaceResponse> UpdateAsync(UpdateNamespaceRequest request, ServerCallContext call)
    {
        NamespaceRules.CheckName(request.Namespace);
        var entry = await namespaces.UpdateAsync(request.Namespace, old => Changed(old, request), call.CancellationToken);
        var described = view.Describe(entry);
        return new UpdateNamespaceResponse { NamespaceInfo = described.NamespaceInfo, Config = described.Config, ReplicationConfig = described.ReplicationConfig };
    }

    private static NamespaceEntry Changed(NamespaceEntry old, UpdateNamespaceRequest request)
    {
        if (request.PromoteNamespace || request.ReplicationConfig is { ActiveClusterName: not ("" or ClusterFacts.ClusterName) })
            throw RpcRefusal.InvalidArgument("Cannot promote local namespace to global or move it: this server has no other cluster.");
        var entry = old;
        if (request.UpdateInfo is { } info)
        {
            NamespaceRules.CheckTexts(info.Description, info.OwnerEmail, info.Data);
            entry = entry with
            {
                Description = info.Description.Length > 0 ? info.Description : old.Description,
                OwnerEmail = info.OwnerEmail.Length > 0 ? info.OwnerEmail : old.OwnerEmail,
                Data = old.Data.SetItems(info.Data),
                State = NextState(old, info.State),
            };
        }
        if (request.Config?.WorkflowExecutionRetentionTtl is { } retention)
            entry = entry with { Retention = NamespaceRules.Retention(retention) };
        return entry;
    }

    private static NamespaceState NextState(NamespaceEntry old, NamespaceState wanted)
    {
        if (wanted == NamespaceState.Unspecified || wanted == old.State)
            return old.State;
        var isAllowed = wanted is NamespaceState.Deprecated or NamespaceState.Deleted && old.State == NamespaceState.Registered;
        return isAllowed ? wanted : throw RpcRefusal.InvalidArgument($"Namespace state transition from {old.State} to {wanted} is not allowed.");
    }

    private async Task<DeprecateNamespaceResponse> DeprecateAsync(DeprecateNamespaceRequest request, ServerCallContext call)
    {
        NamespaceRules.CheckName(request.Namespace);
        await namespaces.UpdateAsync(request.Namespace, old => old with { State = NamespaceState.Deprecated }, call.CancellationToken);
        return new DeprecateNamespaceResponse();
    }

    private async Task<DeleteNamespaceResponse> DeleteAsync(DeleteNamespaceRequest request, ServerCallContext call)
    {
        if (request.Namespace.Length > 0 && request.NamespaceId.Length > 0)
            throw RpcRefusal.InvalidArgument("Only one of namespace name or Id should be set on request.");
        var name = request.Namespace.Length > 0 ? request.Namespace
            : request.NamespaceId.Length == 0 ? throw NamespaceErrors.NotSet()
            : (namespaces.FindById(request.NamespaceId) ?? throw NamespaceErrors.NotFound(request.NamespaceId)).Name;
        var entry = await namespaces.MarkDeletedAsync(name, call.CancellationToken);
        deletion.Enqueue(entry);
        return new DeleteNamespaceResponse { DeletedNamespace = entry.Name };
    }
}

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
