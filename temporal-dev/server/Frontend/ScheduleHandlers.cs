using System.Buffers.Binary;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Schedules;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Frontend;

/// <summary>The methods about schedules. Refusals are the real server's.</summary>
internal sealed class ScheduleHandlers(ScheduleService schedules, NamespaceRegistry namespaces, IServerClock clock)
{
    private readonly ScheduleListing listing = new(schedules);

    public void Register(ServiceTable service) => service
        .Unary<CreateScheduleRequest, CreateScheduleResponse>("CreateSchedule", CreateAsync)
        .Unary<DescribeScheduleRequest, DescribeScheduleResponse>("DescribeSchedule", Describe)
        .Unary<UpdateScheduleRequest, UpdateScheduleResponse>("UpdateSchedule", UpdateAsync)
        .Unary<PatchScheduleRequest, PatchScheduleResponse>("PatchSchedule", PatchAsync)
        .Unary<DeleteScheduleRequest, DeleteScheduleResponse>("DeleteSchedule", DeleteAsync)
        .Unary<ListScheduleMatchingTimesRequest, ListScheduleMatchingTimesResponse>("ListScheduleMatchingTimes", MatchingTimes)
        .Unary<ListSchedulesRequest, ListSchedulesResponse>("ListSchedules", List)
        .Unary<CountSchedulesRequest, CountSchedulesResponse>("CountSchedules", Count);

    private async Task<CreateScheduleResponse> CreateAsync(CreateScheduleRequest request, ServerCallContext call)
    {
        var entry = namespaces.RequireForStart(request.Namespace);
        ScheduleCheck.RequestId(request.RequestId);
        ScheduleCheck.Id(request.ScheduleId);
        var schedule = ScheduleCheck.Complete(request.Schedule, entry);
        ScheduleCheck.Patch(request.InitialPatch);
        var now = clock.Now;
        var document = new ScheduleDocument
        {
            ScheduleId = request.ScheduleId,
            Schedule = schedule,
            Info = new ScheduleInfo { CreateTime = now.ToTimestamp() },
            LastProcessed = now.ToTimestamp(),
            ConflictToken = 1,
            Memo = request.Memo,
            SearchAttributes = SearchAttributePayloads.ForStart(request.SearchAttributes, entry.SearchAttributes, entry.Name),
            CreateRequestId = request.RequestId,
        };
        var key = new ScheduleKey(entry.Id, request.ScheduleId);
        var created = await schedules.CreateAsync(key, document, request.InitialPatch is { } patch ? s => s.Patch(patch, now) : null)
            ?? throw new RpcRefusal(StatusCode.AlreadyExists, $"schedule \"{request.ScheduleId}\" is already registered", new WorkflowExecutionAlreadyStartedFailure());
        return new CreateScheduleResponse { ConflictToken = Token(created) };
    }

    private DescribeScheduleResponse Describe(DescribeScheduleRequest request)
    {
        var (entry, document) = Require(request.Namespace, request.ScheduleId);
        return new DescribeScheduleResponse
        {
            Schedule = document.Schedule,
            Info = new Scheduler(document, entry.Id).Describe(),
            Memo = document.Memo,
            SearchAttributes = document.SearchAttributes,
            ConflictToken = Token(document),
        };
    }

    private async Task<UpdateScheduleResponse> UpdateAsync(UpdateScheduleRequest request, ServerCallContext call)
    {
        var (entry, _) = Require(request.Namespace, request.ScheduleId);
        ScheduleCheck.RequestId(request.RequestId);
        var schedule = ScheduleCheck.Complete(request.Schedule, entry);
        var attributes = SearchAttributePayloads.ForStart(request.SearchAttributes, entry.SearchAttributes, entry.Name);
        // A token of another length means none, and a stale one makes the update do nothing, without a word: so the real server.
        var expected = request.ConflictToken.Length == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(request.ConflictToken.Span) : 0;
        await ChangeAsync(entry, request.ScheduleId, request.RequestId, call, (s, now) =>
        {
            if (expected != 0 && expected != s.Document.ConflictToken)
                return;
            s.Update(schedule, now);
            if (request.SearchAttributes is not null)
                s.Document.SearchAttributes = attributes;
            if (request.Memo is not null)
                s.Document.Memo = request.Memo;
        });
        return new UpdateScheduleResponse();
    }

    private async Task<PatchScheduleResponse> PatchAsync(PatchScheduleRequest request, ServerCallContext call)
    {
        var (entry, _) = Require(request.Namespace, request.ScheduleId);
        ScheduleCheck.RequestId(request.RequestId);
        var patch = request.Patch ?? new SchedulePatch();
        ScheduleCheck.Patch(patch);
        await ChangeAsync(entry, request.ScheduleId, request.RequestId, call, (s, now) => s.Patch(patch, now));
        return new PatchScheduleResponse();
    }

    private async Task<DeleteScheduleResponse> DeleteAsync(DeleteScheduleRequest request, ServerCallContext call)
    {
        var (entry, _) = Require(request.Namespace, request.ScheduleId);
        if (!await schedules.DeleteAsync(new ScheduleKey(entry.Id, request.ScheduleId), call.CancellationToken))
            throw ScheduleCheck.NotFound(request.ScheduleId);
        return new DeleteScheduleResponse();
    }

    private ListScheduleMatchingTimesResponse MatchingTimes(ListScheduleMatchingTimesRequest request)
    {
        var (entry, document) = Require(request.Namespace, request.ScheduleId);
        if (request.StartTime is null || request.EndTime is null)
            throw new RpcRefusal(StatusCode.InvalidArgument, "missing or invalid query", new QueryFailedFailure());
        var response = new ListScheduleMatchingTimesResponse();
        response.StartTime.AddRange(new Scheduler(document, entry.Id).MatchingTimes(ScheduleCheck.Instant(request.StartTime), ScheduleCheck.Instant(request.EndTime)));
        return response;
    }

    private ListSchedulesResponse List(ListSchedulesRequest request) =>
        listing.List(namespaces.Require(request.Namespace), request.Query, request.MaximumPageSize, request.NextPageToken);

    private CountSchedulesResponse Count(CountSchedulesRequest request) => new() { Count = listing.Count(namespaces.Require(request.Namespace), request.Query) };

    private async Task ChangeAsync(NamespaceEntry entry, string scheduleId, string requestId, ServerCallContext call, Action<Scheduler, DateTimeOffset> change)
    {
        if (!await schedules.ChangeAsync(new ScheduleKey(entry.Id, scheduleId), requestId, change, call.CancellationToken))
            throw ScheduleCheck.NotFound(scheduleId);
    }

    private (NamespaceEntry Entry, ScheduleDocument Document) Require(string namespaceName, string scheduleId)
    {
        var entry = namespaces.Require(namespaceName);
        return (entry, schedules.Find(new ScheduleKey(entry.Id, scheduleId)) ?? throw ScheduleCheck.NotFound(scheduleId));
    }

    private static ByteString Token(ScheduleDocument document)
    {
        var token = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(token, document.ConflictToken);
        return ByteString.CopyFrom(token);
    }
}

/// <summary>What can be wrong with a schedule, in the real server's words.</summary>
internal static class ScheduleCheck
{
    /// <summary>The real server keeps a schedule as a workflow of this id, and says so where one is not found.</summary>
    private const string WorkflowIdPrefix = "temporal-sys-scheduler:";

    public static RpcRefusal NotFound(string scheduleId) => RpcRefusal.NotFound($"workflow not found for ID: {WorkflowIdPrefix}{(scheduleId.Length <= Limits.Default.IdLength ? scheduleId : "…")}");

    public static void RequestId(string requestId)
    {
        if (requestId.Length == 0)
            throw RpcRefusal.InvalidArgument("RequestId is not set on request.");
        RequestCheck.Length(requestId, "RequestId");
    }

    public static void Id(string scheduleId)
    {
        if (scheduleId.Length == 0)
            throw RpcRefusal.InvalidArgument("ScheduleId is not set on request.");
        IdLength(WorkflowIdPrefix + scheduleId);
        RequestCheck.Length(scheduleId, "ScheduleId");
    }

    /// <summary>Checks a schedule and fills in what it leaves open.</summary>
    public static Schedule Complete(Schedule? given, NamespaceEntry entry)
    {
        var schedule = Scheduler.WithDefaults(given);
        Notes(schedule.State.Notes);
        if (schedule.State.RemainingActions < 0)
            throw RpcRefusal.InvalidArgument("RemainingActions cannot be negative.");
        if (schedule.Action.StartWorkflow is { } action)
            Action(action, entry);
        return schedule;
    }

    public static void Patch(SchedulePatch? patch)
    {
        if (patch is null)
            return;
        Notes(patch.Pause);
        Notes(patch.Unpause);
        if (patch.TriggerImmediately?.ScheduledTime is { } time)
            Instant(time);
        foreach (var backfill in patch.BackfillRequest)
        {
            if (backfill.StartTime is null || backfill.EndTime is null)
                throw RpcRefusal.InvalidArgument("A backfill needs a start and an end time.");
            Instant(backfill.StartTime);
            Instant(backfill.EndTime);
        }
    }

    /// <summary>A time of a request, within the calendar.</summary>
    public static DateTimeOffset Instant(Timestamp time) => time.Seconds is > -62_000_000_000 and < 253_000_000_000 && time.Nanos is >= 0 and < 1_000_000_000
        ? DateTimeOffset.FromUnixTimeSeconds(time.Seconds).AddTicks(time.Nanos / 100)
        : throw RpcRefusal.InvalidArgument("A time is out of range.");

    private static void Action(NewWorkflowExecutionInfo action, NamespaceEntry entry)
    {
        IdLength(Scheduler.WorkflowIdAt(action.WorkflowId, DateTimeOffset.UnixEpoch));
        if (action.CronSchedule.Length > 0)
            throw RpcRefusal.InvalidArgument("Scheduled workflow must not contain CronSchedule");
        if (action.WorkflowIdReusePolicy is not (WorkflowIdReusePolicy.Unspecified or WorkflowIdReusePolicy.AllowDuplicate))
            throw RpcRefusal.InvalidArgument("Scheduled workflow must not contain WorkflowIDReusePolicy");
        RequestCheck.WorkflowType(action.WorkflowType);
        if (action.TaskQueue is null || action.TaskQueue.Name.Length == 0)
            throw RpcRefusal.InvalidArgument("taskQueue is not set");
        action.TaskQueue.Kind = TaskQueueKind.Normal;
        Timeout(action.WorkflowExecutionTimeout, "WorkflowExecutionTimeoutSeconds");
        Timeout(action.WorkflowRunTimeout, "WorkflowRunTimeoutSeconds");
        Timeout(action.WorkflowTaskTimeout, "WorkflowTaskTimeoutSeconds");
        SearchAttributePayloads.ForStart(action.SearchAttributes, entry.SearchAttributes, entry.Name);
    }

    private static void IdLength(string workflowId)
    {
        if (workflowId.Length > Limits.Default.IdLength)
            throw RpcRefusal.InvalidArgument($"WorkflowId exceeds maximum allowed length ({workflowId.Length}/{Limits.Default.IdLength})");
        RequestCheck.Length(workflowId, "WorkflowId");
    }

    private static void Timeout(Duration? timeout, string name)
    {
        if (timeout is not null && (timeout.Seconds < 0 || timeout.Nanos < 0))
            throw RpcRefusal.InvalidArgument($"An invalid {name} is set on request. cause: negative duration");
    }

    private static void Notes(string notes)
    {
        if (notes.Length > ScheduleLimits.MaxNotesLength)
            throw RpcRefusal.InvalidArgument("Schedule notes exceeds limit.");
    }
}
