using Grpc.Core;
using Temporalio.Api.Filter.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Frontend;

/// <summary>Listing and counting workflows.</summary>
internal sealed class VisibilityModule(ServerParts parts) : IServerModule
{
    public void Register(ServerServices services) => new VisibilityHandlers(parts.Store, parts.Namespaces).Register(services.Workflow);
}

/// <summary>Lists and counts executions. Page sizes and messages are the real server's.</summary>
internal sealed class VisibilityHandlers(IStore store, NamespaceRegistry namespaces)
{
    /// <summary>Rows of a page where a request asks for none or for more.</summary>
    private const int MaxPageSize = 1000;

    public void Register(ServiceTable service) => service
        .Unary<ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>("ListWorkflowExecutions", ListAsync)
        .Unary<ScanWorkflowExecutionsRequest, ScanWorkflowExecutionsResponse>("ScanWorkflowExecutions", ScanAsync)
        .Unary<CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse>("CountWorkflowExecutions", CountAsync)
        .Unary<ListOpenWorkflowExecutionsRequest, ListOpenWorkflowExecutionsResponse>("ListOpenWorkflowExecutions", ListOpenAsync)
        .Unary<ListClosedWorkflowExecutionsRequest, ListClosedWorkflowExecutionsResponse>("ListClosedWorkflowExecutions", ListClosedAsync)
        .Unary<ListArchivedWorkflowExecutionsRequest, ListArchivedWorkflowExecutionsResponse>("ListArchivedWorkflowExecutions", ListArchived);

    private async Task<ListWorkflowExecutionsResponse> ListAsync(ListWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var (rows, token) = await PageAsync(request.Namespace, e => Parse(e, request.Query).Filter, request.PageSize, request.NextPageToken, call);
        return new ListWorkflowExecutionsResponse { Executions = { rows }, NextPageToken = token };
    }

    private async Task<ScanWorkflowExecutionsResponse> ScanAsync(ScanWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var (rows, token) = await PageAsync(request.Namespace, e => Parse(e, request.Query).Filter, request.PageSize, request.NextPageToken, call);
        return new ScanWorkflowExecutionsResponse { Executions = { rows }, NextPageToken = token };
    }

    private async Task<CountWorkflowExecutionsResponse> CountAsync(CountWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var entry = namespaces.Require(request.Namespace);
        var query = Parse(entry, request.Query);
        var count = await store.CountAsync(VisibilityQuery.OfUsers(entry.Id, query.Filter), call.CancellationToken);
        var response = new CountWorkflowExecutionsResponse { Count = count.Total };
        if (query.GroupBy is not null)
            response.Groups.AddRange(count.ByStatus.Select(Group));
        return response;
    }

    private async Task<ListOpenWorkflowExecutionsResponse> ListOpenAsync(ListOpenWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var (rows, token) = await PageAsync(request.Namespace, _ => Open(request), request.MaximumPageSize, request.NextPageToken, call);
        return new ListOpenWorkflowExecutionsResponse { Executions = { rows }, NextPageToken = token };
    }

    private async Task<ListClosedWorkflowExecutionsResponse> ListClosedAsync(ListClosedWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var (rows, token) = await PageAsync(request.Namespace, _ => Closed(request), request.MaximumPageSize, request.NextPageToken, call);
        return new ListClosedWorkflowExecutionsResponse { Executions = { rows }, NextPageToken = token };
    }

    private ListArchivedWorkflowExecutionsResponse ListArchived(ListArchivedWorkflowExecutionsRequest request)
    {
        namespaces.Require(request.Namespace);
        throw RpcRefusal.InvalidArgument("Cluster is not configured for visibility archival.");
    }

    private async Task<(IEnumerable<WorkflowExecutionInfo> Rows, ByteString Token)> PageAsync(string name, Func<NamespaceEntry, Filter> filter, int pageSize, ByteString token, ServerCallContext call)
    {
        var entry = namespaces.Require(name);
        var query = VisibilityQuery.OfUsers(entry.Id, filter(entry));
        var page = await store.ListAsync(query, pageSize is <= 0 or > MaxPageSize ? MaxPageSize : pageSize, token.IsEmpty ? null : token.ToByteArray(), call.CancellationToken);
        return (page.Rows.Select(r => VisibilityView.Info(r, entry.SearchAttributes)), page.NextPageToken is { } next ? ByteString.CopyFrom(next) : ByteString.Empty);
    }

    private static Filter Open(ListOpenWorkflowExecutionsRequest request) => And(
        StatusIs(WorkflowExecutionStatus.Running),
        Started(request.StartTimeFilter),
        request switch
        {
            { ExecutionFilter: { } id } => ById(id),
            { TypeFilter: { } type } => Is("WorkflowType", type.Name),
            _ => new Filter.All(),
        });

    private static Filter Closed(ListClosedWorkflowExecutionsRequest request) => And(
        new Filter.Not(StatusIs(WorkflowExecutionStatus.Running)),
        Started(request.StartTimeFilter),
        request switch
        {
            { ExecutionFilter: { } id } => ById(id),
            { TypeFilter: { } type } => Is("WorkflowType", type.Name),
            { StatusFilter: { } status } => StatusIs(ClosedStatus(status.Status)),
            _ => new Filter.All(),
        });

    private static ParsedQuery Parse(NamespaceEntry entry, string query) => QueryParser.Parse(query, entry.SearchAttributes.Resolve);

    private static CountWorkflowExecutionsResponse.Types.AggregationGroup Group(KeyValuePair<WorkflowExecutionStatus, long> count) => new()
    {
        GroupValues = { SearchAttributePayloads.ToPayload(IndexedValueType.Keyword, count.Key.ToString()) },
        Count = count.Value,
    };

    private static Filter And(params Filter[] filters) => filters.Aggregate((left, right) => new Filter.And(left, right));

    private static Filter.Comparison Is(string name, object value) => new(SystemFields.Columns[name], ComparisonOperator.Equal, value);

    private static Filter.Comparison StatusIs(WorkflowExecutionStatus status) => Is(SystemFields.ExecutionStatus, (long)status);

    private static Filter ById(WorkflowExecutionFilter filter) =>
        filter.RunId.Length > 0 ? And(Is("WorkflowId", Storable(filter.WorkflowId)), Is("RunId", Storable(filter.RunId))) : Is("WorkflowId", Storable(filter.WorkflowId));

    private static string Storable(string text) => StorableText.IsStorable(text) ? text : throw RpcRefusal.InvalidArgument("The filter holds a text that is no valid UTF-8 string.");

    private static WorkflowExecutionStatus ClosedStatus(WorkflowExecutionStatus status) => status is WorkflowExecutionStatus.Unspecified or WorkflowExecutionStatus.Running
        ? throw RpcRefusal.InvalidArgument("Execution status must be a closed status.")
        : status;

    private static Filter Started(StartTimeFilter? filter)
    {
        var earliest = filter?.EarliestTime is null ? DateTimeOffset.MinValue : Instant(filter.EarliestTime);
        var latest = filter?.LatestTime is null ? DateTimeOffset.MaxValue : Instant(filter.LatestTime);
        if (earliest > latest)
            throw RpcRefusal.InvalidArgument("EarliestTime in StartTimeFilter should not be larger than LatestTime.");
        return filter is null ? new Filter.All() : new Filter.Between(SystemFields.Columns["StartTime"], earliest, latest);
    }

    private static DateTimeOffset Instant(Google.Protobuf.WellKnownTypes.Timestamp time) => time.Seconds is >= -62_135_596_800 and <= 253_402_300_799 && time.Nanos is >= 0 and < 1_000_000_000
        ? DateTimeOffset.FromUnixTimeSeconds(time.Seconds).AddTicks(time.Nanos / 100)
        : throw RpcRefusal.InvalidArgument("StartTimeFilter is out of range.");
}
