using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.DevServer.Tests.Support;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Schedules;

/// <summary>Schedules over the wire, with real runs. Answers and refusals were seen on the real server 1.32.</summary>
public sealed class ScheduleHandlerTests
{
    private const string Prefix = "workflow not found for ID: temporal-sys-scheduler:";

    [Fact]
    public async Task Create_ThenDescribe_ShowsDefaultsAndTimes()
    {
        await using var server = await InProcessServer.StartAsync();
        var created = await CreateAsync(server, "s", Paused());
        created.ConflictToken.ToByteArray().ShouldBe([0, 0, 0, 0, 0, 0, 0, 1]);
        (await CreateAsync(server, "s", Paused())).ShouldBe(created, "the same request again");
        var described = await DescribeAsync(server, "s");

        described.Schedule.Policies.ShouldBe(new SchedulePolicies { OverlapPolicy = ScheduleOverlapPolicy.Skip, CatchupWindow = Duration.FromTimeSpan(TimeSpan.FromDays(365)) });
        described.Schedule.Action.StartWorkflow.TaskQueue.Kind.ShouldBe(TaskQueueKind.Normal);
        described.Info.FutureActionTimes.Count.ShouldBe(10);
        described.Info.FutureActionTimes.ShouldAllBe(t => t.Seconds % 3600 == 0);
        described.ConflictToken.ShouldBe(created.ConflictToken);
    }

    [Fact]
    public async Task Trigger_WithRealRuns_StartsOneAndSkipsTheNextUntilItEnds()
    {
        await using var server = await InProcessServer.StartAsync();
        await CreateAsync(server, "s", Paused());
        var trigger = new SchedulePatch { TriggerImmediately = new TriggerImmediatelyRequest { ScheduledTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 1, 0, 0, 1, 500, TimeSpan.Zero)) } };
        await PatchAsync(server, "s", trigger, "1");
        await PatchAsync(server, "s", trigger, "2");
        var described = await DescribeAsync(server, "s");
        described.Info.RunningWorkflows.Select(r => r.WorkflowId).ShouldBe(["w-2026-01-01T00:00:01Z"]);
        (described.Info.ActionCount, described.Info.OverlapSkipped).ShouldBe((1, 1));
        (await server.CountAsync("TemporalScheduledById = 's' AND TemporalScheduledStartTime = '2026-01-01T00:00:01Z'")).ShouldBe(1);

        await server.TerminateAsync("w-2026-01-01T00:00:01Z");
        await Starts.UntilAsync(async () => (await DescribeAsync(server, "s")).Info.RunningWorkflows.Count == 0);
        (await DescribeAsync(server, "s")).Info.RecentActions.Single().StartWorkflowStatus.ShouldBe(WorkflowExecutionStatus.Terminated);
    }

    [Fact]
    public async Task BufferOne_WhenTheFirstEnds_StartsTheNext()
    {
        await using var server = await InProcessServer.StartAsync();
        await CreateAsync(server, "s", Paused());
        foreach (var second in new[] { 1, 2 })
        {
            await PatchAsync(
                server,
                "s",
                new SchedulePatch
                {
                    TriggerImmediately = new TriggerImmediatelyRequest
                    {
                        ScheduledTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 1, 0, 0, second, TimeSpan.Zero)),
                        OverlapPolicy = ScheduleOverlapPolicy.BufferOne,
                    },
                },
                $"{second}");
        }

        (await DescribeAsync(server, "s")).Info.BufferSize.ShouldBe(1);
        await server.TerminateAsync("w-2026-01-01T00:00:01Z");
        await Starts.UntilAsync(async () => await server.CountAsync("WorkflowId = 'w-2026-01-01T00:00:02Z'") == 1);
    }

    [Fact]
    public async Task Schedule_OnPostgresAfterARestart_GoesOn()
    {
        var options = new DevServerOptions { Database = await TestCluster.CreateDatabaseAsync() };
        await using (var server = await InProcessServer.StartAsync(options))
        {
            await CreateAsync(server, "s", Every(TimeSpan.FromSeconds(1)));
            await Starts.UntilAsync(async () => await server.CountAsync() >= 1);
        }

        await using var again = await InProcessServer.StartAsync(options);
        var before = await again.CountAsync();
        await Starts.UntilAsync(async () => await again.CountAsync() > before + 1);
        var info = (await DescribeAsync(again, "s")).Info;
        info.ActionCount.ShouldBeGreaterThanOrEqualTo(before);
        await again.WorkflowAsync<DeleteScheduleResponse>("DeleteSchedule", new DeleteScheduleRequest { Namespace = "default", ScheduleId = "s" });
        await NotFoundAsync(again, "DescribeSchedule", new DescribeScheduleRequest { Namespace = "default", ScheduleId = "s" });
        await CreateAsync(again, "s", Paused());
    }

    [Fact]
    public async Task Update_StaleToken_IsDroppedWithoutAWordAndAGoodOneIsTaken()
    {
        await using var server = await InProcessServer.StartAsync();
        var token = (await CreateAsync(server, "s", Paused())).ConflictToken;
        await UpdateAsync(server, "stale", ByteString.CopyFrom([0, 0, 0, 0, 0, 0, 0, 9]));
        (await DescribeAsync(server, "s")).Schedule.State.Notes.ShouldBeEmpty();
        await UpdateAsync(server, "good", token);

        var described = await DescribeAsync(server, "s");
        described.Schedule.State.Notes.ShouldBe("good");
        described.ConflictToken[7].ShouldBe((byte)2);
    }

    [Fact]
    public async Task List_Filters_AreThoseOfTheRealServer()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { SearchAttributes = new Dictionary<string, IndexedValueType> { ["K"] = IndexedValueType.Keyword } });
        foreach (var id in new[] { "a", "b", "c" })
            await CreateAsync(server, id, Paused(), id == "b" ? "x" : null);
        await PatchAsync(server, "c", new SchedulePatch { Unpause = "go" }, "u");

        (await ListAsync(server, "")).ShouldBe(["c", "b", "a"]);
        (await ListAsync(server, "ScheduleId STARTS_WITH 'a' OR K = 'x'")).ShouldBe(["b", "a"]);
        (await ListAsync(server, "TemporalSchedulePaused = false")).ShouldBe(["c"]);
        var refused = await Should.ThrowAsync<RpcException>(() => ListAsync(server, "WorkflowId = 'a'"));
        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.InvalidArgument, "invalid query filter for schedules: cannot filter on \"WorkflowId\""));
        (await Should.ThrowAsync<RpcException>(() => ListAsync(server, "Nope = 1"))).Status.Detail.ShouldBe("invalid query: invalid search attribute: Nope");
        (await server.WorkflowAsync<CountSchedulesResponse>("CountSchedules", new CountSchedulesRequest { Namespace = "default", Query = "TemporalSchedulePaused = true" })).Count.ShouldBe(2);
        var page = await server.WorkflowAsync<ListSchedulesResponse>("ListSchedules", new ListSchedulesRequest { Namespace = "default", MaximumPageSize = 2 });
        var rest = await server.WorkflowAsync<ListSchedulesResponse>("ListSchedules", new ListSchedulesRequest { Namespace = "default", MaximumPageSize = 2, NextPageToken = page.NextPageToken });
        (page.Schedules.Count, rest.Schedules.Single().ScheduleId, rest.NextPageToken.IsEmpty).ShouldBe((2, "a", true));
        page.Schedules[0].Info.WorkflowType.Name.ShouldBe("T");
    }

    [Fact]
    public async Task Create_WhatTheRealServerRefuses_IsRefusedInItsWords()
    {
        await using var server = await InProcessServer.StartAsync();
        await RefusedAsync(s => s.Spec = new ScheduleSpec { CronString = { "x" } }, "Invalid schedule spec: CronString does not have 5-7 fields");
        await RefusedAsync(s => s.Action.StartWorkflow.WorkflowType = null, "WorkflowType is not set on request.");
        await RefusedAsync(s => s.Action.StartWorkflow.TaskQueue = null, "taskQueue is not set");
        await RefusedAsync(s => s.Action.StartWorkflow.WorkflowId = new string('x', 990), "WorkflowId exceeds maximum allowed length (1011/1000)");
        await RefusedAsync(s => s.Action.StartWorkflow.CronSchedule = "* * * * *", "Scheduled workflow must not contain CronSchedule");
        await RefusedAsync(s => s.Action.StartWorkflow.WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate, "Scheduled workflow must not contain WorkflowIDReusePolicy");
        await RefusedAsync(s => s.Action.StartWorkflow.WorkflowRunTimeout = new Duration { Seconds = -5 }, "An invalid WorkflowRunTimeoutSeconds is set on request. cause: negative duration");
        await RefusedAsync(
            s => s.Action.StartWorkflow.SearchAttributes = new SearchAttributes { IndexedFields = { ["Nope"] = new Payload() } }, "Namespace default has no mapping defined for search attribute Nope");
        await RefusedAsync(s => s.State.Notes = new string('x', 5000), "Schedule notes exceeds limit.");
        await CreateAsync(server, "s", Paused());
        var taken = await Should.ThrowAsync<RpcException>(() => CreateAsync(server, "s", Paused(), requestId: "other"));
        (taken.StatusCode, taken.Status.Detail).ShouldBe((StatusCode.AlreadyExists, "schedule \"s\" is already registered"));
        await NotFoundAsync(server, "DeleteSchedule", new DeleteScheduleRequest { Namespace = "default", ScheduleId = "none" });
        await NotFoundAsync(server, "PatchSchedule", new PatchScheduleRequest { Namespace = "default", ScheduleId = "none", RequestId = "r" });

        async Task RefusedAsync(Action<Schedule> spoil, string message)
        {
            var schedule = Paused();
            spoil(schedule);
            var refused = await Should.ThrowAsync<RpcException>(() => CreateAsync(server, Guid.NewGuid().ToString("D"), schedule));
            (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.InvalidArgument, message));
        }
    }

    private static Schedule Every(TimeSpan interval)
    {
        var schedule = ScheduleEnvironment.Hourly(ScheduleOverlapPolicy.AllowAll);
        schedule.Spec.Interval[0].Interval = Duration.FromTimeSpan(interval);
        return schedule;
    }

    private static Schedule Paused()
    {
        var schedule = ScheduleEnvironment.Hourly();
        schedule.State.Paused = true;
        return schedule;
    }

    private static Task<CreateScheduleResponse> CreateAsync(InProcessServer server, string id, Schedule schedule, string? keyword = null, string requestId = "r")
    {
        var request = new CreateScheduleRequest { Namespace = "default", ScheduleId = id, Schedule = schedule, RequestId = requestId };
        if (keyword is not null)
            request.SearchAttributes = new SearchAttributes { IndexedFields = { ["K"] = SearchAttributePayloads.ToPayload(IndexedValueType.Keyword, keyword) } };
        return server.WorkflowAsync<CreateScheduleResponse>("CreateSchedule", request);
    }

    private static Task<DescribeScheduleResponse> DescribeAsync(InProcessServer server, string id) =>
        server.WorkflowAsync<DescribeScheduleResponse>("DescribeSchedule", new DescribeScheduleRequest { Namespace = "default", ScheduleId = id });

    private static Task PatchAsync(InProcessServer server, string id, SchedulePatch patch, string requestId) =>
        server.WorkflowAsync<PatchScheduleResponse>("PatchSchedule", new PatchScheduleRequest { Namespace = "default", ScheduleId = id, Patch = patch, RequestId = requestId });

    private static Task UpdateAsync(InProcessServer server, string notes, ByteString token)
    {
        var schedule = Paused();
        schedule.State.Notes = notes;
        return server.WorkflowAsync<UpdateScheduleResponse>("UpdateSchedule", new UpdateScheduleRequest { Namespace = "default", ScheduleId = "s", Schedule = schedule, ConflictToken = token, RequestId = notes });
    }

    private static async Task<IEnumerable<string>> ListAsync(InProcessServer server, string query) =>
        (await server.WorkflowAsync<ListSchedulesResponse>("ListSchedules", new ListSchedulesRequest { Namespace = "default", Query = query })).Schedules.Select(s => s.ScheduleId);

    private static async Task NotFoundAsync(InProcessServer server, string method, IMessage request)
    {
        var refused = await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<PatchScheduleResponse>(method, request));
        refused.StatusCode.ShouldBe(StatusCode.NotFound);
        refused.Status.Detail.ShouldStartWith(Prefix);
    }
}
