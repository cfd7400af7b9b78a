using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Activities;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;
using Temporalio.Worker;

namespace Temporalio.InTree.Tests.Client;

/// <summary>Activities that a client starts itself, without a workflow.</summary>
public sealed class StandaloneActivityTests
{
    private readonly TemporalClient client;
    private readonly ScriptedWorkflowService script;

    public StandaloneActivityTests() => (client, script) = ScriptedConnection.CreateClient();

    [Fact]
    public async Task StartActivityAsync_WithEverything_SendsIt()
    {
        script.Answer("StartActivityExecution", new StartActivityExecutionResponse { RunId = "run" });

        var handle = await client.StartActivityAsync(() => PayAsync("order", 3), new("pay-1", "queue")
        {
            ScheduleToCloseTimeout = TimeSpan.FromMinutes(3),
            ScheduleToStartTimeout = TimeSpan.FromMinutes(1),
            StartToCloseTimeout = TimeSpan.FromMinutes(2),
            HeartbeatTimeout = TimeSpan.FromSeconds(10),
            IdReusePolicy = ActivityIdReusePolicy.RejectDuplicate,
            IdConflictPolicy = ActivityIdConflictPolicy.UseExisting,
            RetryPolicy = new() { MaximumAttempts = 4 },
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(SearchAttributeKey.CreateKeyword("Status"), "new").ToSearchAttributeCollection(),
            Summary = "in short",
            StaticDetails = "at length",
            Priority = new(2),
            StartDelay = TimeSpan.FromSeconds(5),
        });

        (handle.Id, handle.RunId).ShouldBe(("pay-1", "run"));
        var sent = script.RequestsOf<StartActivityExecutionRequest>().Single();
        (sent.Namespace, sent.ActivityId, sent.ActivityType.Name, sent.TaskQueue.Name).ShouldBe(("scripted", "pay-1", "Pay", "queue"));
        sent.Input.Payloads_.Select(p => p.Data.ToStringUtf8()).ShouldBe(["\"order\"", "3"]);
        Guid.TryParse(sent.RequestId, out _).ShouldBeTrue();
        new[] { sent.ScheduleToCloseTimeout, sent.ScheduleToStartTimeout, sent.StartToCloseTimeout, sent.HeartbeatTimeout, sent.StartDelay }
            .Select(d => d.ToTimeSpan().TotalSeconds).ShouldBe([180, 60, 120, 10, 5]);
        (sent.IdReusePolicy, sent.IdConflictPolicy).ShouldBe((ActivityIdReusePolicy.RejectDuplicate, ActivityIdConflictPolicy.UseExisting));
        sent.RetryPolicy.MaximumAttempts.ShouldBe(4);
        sent.SearchAttributes.IndexedFields.Keys.ShouldBe(["Status"]);
        sent.UserMetadata.Summary.Data.ToStringUtf8().ShouldBe("\"in short\"");
        sent.UserMetadata.Details.Data.ToStringUtf8().ShouldBe("\"at length\"");
        sent.Priority.PriorityKey.ShouldBe(2);
    }

    [Fact]
    public async Task StartActivityAsync_WhoseIdIsInUse_SaysWhichRunUsesIt()
    {
        var status = new Api.Common.V1.GrpcStatus { Code = 6, Message = "in use", Details = { Any.Pack(new ActivityExecutionAlreadyStartedFailure { RunId = "other" }) } };
        script.Fail("StartActivityExecution", new RpcException(RpcException.StatusCode.AlreadyExists, "in use", status.ToByteArray()));

        var error = await Should.ThrowAsync<ActivityAlreadyStartedException>(client.StartActivityAsync("Pay", [], Options()));

        (error.ActivityId, error.ActivityType, error.RunId).ShouldBe(("pay-1", "Pay", "other"));
    }

    [Fact]
    public async Task StartActivityAsync_WithOptionsThatLackSomething_IsRefused()
    {
        foreach (var options in new StartActivityOptions[]
        {
            new() { TaskQueue = "queue", StartToCloseTimeout = TimeSpan.FromSeconds(1) },
            new() { Id = "id", StartToCloseTimeout = TimeSpan.FromSeconds(1) },
            new("id", "queue"),
            new("id", "queue") { StartToCloseTimeout = TimeSpan.FromSeconds(1), StartDelay = TimeSpan.FromSeconds(-1) },
        })
        {
            await Should.ThrowAsync<ArgumentException>(client.StartActivityAsync("Pay", [], options));
        }
        script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResultAsync_PollsUntilThereIsAnOutcome()
    {
        script.Answer("PollActivityExecution", new PollActivityExecutionResponse())
            .Answer("PollActivityExecution", new PollActivityExecutionResponse
            {
                Outcome = new() { Result = new() { Payloads_ = { DataConverter.Default.PayloadConverter.ToPayload("paid") } } },
            });

        (await client.GetActivityHandle<string>("pay-1", "run").GetResultAsync()).ShouldBe("paid");

        script.RequestsOf<PollActivityExecutionRequest>().ShouldAllBe(r => r.ActivityId == "pay-1" && r.RunId == "run");
        script.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task GetResultAsync_OfAFailure_ThrowsItsCause()
    {
        script.Answer("PollActivityExecution", new PollActivityExecutionResponse
        {
            Outcome = new() { Failure = new() { Message = "gone", TerminatedFailureInfo = new() } },
        });

        var error = await Should.ThrowAsync<ActivityFailedException>(client.GetActivityHandle("pay-1").GetResultAsync());

        error.InnerException.ShouldBeOfType<TerminatedFailureException>().Message.ShouldBe("gone");
    }

    [Fact]
    public async Task DescribeAsync_AsksForWhatIsWantedAndConvertsIt()
    {
        var begin = new DateTime(2026, 11, 22, 4, 0, 0, DateTimeKind.Utc);
        var description = new DescribeActivityExecutionResponse
        {
            Info = new()
            {
                ActivityId = "pay-1",
                RunId = "run",
                ActivityType = new() { Name = "Pay" },
                TaskQueue = "queue",
                Status = ActivityExecutionStatus.Completed,
                Attempt = 2,
                ScheduleTime = Timestamp.FromDateTime(begin),
                CloseTime = Timestamp.FromDateTime(begin.AddMinutes(1)),
                LastFailure = new() { Message = "first", ApplicationFailureInfo = new() },
                UserMetadata = new() { Summary = DataConverter.Default.PayloadConverter.ToPayload("in short") },
            },
            Outcome = new() { Result = new() { Payloads_ = { DataConverter.Default.PayloadConverter.ToPayload(7) } } },
        };
        script.Answer("DescribeActivityExecution", description).Answer("DescribeActivityExecution", new DescribeActivityExecutionResponse { Info = new() });

        var found = await client.GetActivityHandle("pay-1").DescribeAsync(new() { IncludeOutcome = true, IncludeLastFailure = true });

        (found.ActivityId, found.ActivityRunId, found.ActivityType, found.TaskQueue, found.Attempt).ShouldBe(("pay-1", "run", "Pay", "queue", 2));
        (found.ScheduleTime, found.CloseTime, found.Status).ShouldBe((begin, (DateTime?)begin.AddMinutes(1), ActivityExecutionStatus.Completed));
        (found.HasInput, found.HasResult, found.HasOutcomeFailure, found.HasLastFailure, found.HasHeartbeatDetails).ShouldBe((false, true, false, true, false));
        (await found.GetResultAsync<int>()).ShouldBe(7);
        (await found.GetLastFailureAsync())!.Message.ShouldBe("first");
        (await found.GetOutcomeFailureAsync()).ShouldBeNull();
        (await found.GetSummaryAsync()).ShouldBe("in short");
        var empty = await client.GetActivityHandle("pay-1").DescribeAsync();
        await Should.ThrowAsync<InvalidOperationException>(empty.GetResultAsync<int>());
        script.RequestsOf<DescribeActivityExecutionRequest>().Select(r => (r.IncludeInput, r.IncludeOutcome, r.IncludeHeartbeatDetails, r.IncludeLastFailure))
            .ShouldBe([(false, true, false, true), (false, false, false, false)]);
    }

    [Fact]
    public async Task CancelAndTerminate_SayWhy()
    {
        script.Answer("RequestCancelActivityExecution", new RequestCancelActivityExecutionResponse())
            .Answer("TerminateActivityExecution", new TerminateActivityExecutionResponse());

        await client.GetActivityHandle("pay-1", "run").CancelAsync(new() { Reason = "late" });
        await client.GetActivityHandle("pay-1").TerminateAsync(new() { Reason = "wrong" });

        var cancel = script.RequestsOf<RequestCancelActivityExecutionRequest>().Single();
        (cancel.ActivityId, cancel.RunId, cancel.Reason).ShouldBe(("pay-1", "run", "late"));
        var terminate = script.RequestsOf<TerminateActivityExecutionRequest>().Single();
        (terminate.ActivityId, terminate.RunId, terminate.Reason).ShouldBe(("pay-1", string.Empty, "wrong"));
    }

    [Fact]
    public async Task ListAndCount_ReadPagesAndGroups()
    {
        script.Answer("ListActivityExecutions", Page("next", "a", "b")).Answer("ListActivityExecutions", Page(string.Empty, "c"))
            .Answer("CountActivityExecutions", new CountActivityExecutionsResponse { Count = 3 });

        (await client.ListActivitiesAsync("Query").Select(a => a.ActivityId).ToListAsync()).ShouldBe(["a", "b", "c"]);
        (await client.CountActivitiesAsync("Query")).Count.ShouldBe(3);

        script.RequestsOf<ListActivityExecutionsRequest>().Select(r => r.NextPageToken.ToStringUtf8()).ShouldBe([string.Empty, "next"]);
    }

    [SkippableFact]
    public async Task Activity_OnTheRealServer_RunsAndIsSeen()
    {
        RealServerFixture.RequireOracle();
        var real = await TemporalClient.ConnectAsync(new(await RealServer.TargetHostAsync()));
        var queue = RealServerFixture.NewId("standalone");
        using var worker = new TemporalWorker(real, new TemporalWorkerOptions(queue).AddActivity(PayAsync).AddActivity(WaitAsync));
        await worker.ExecuteAsync(async () =>
        {
            var options = new StartActivityOptions(RealServerFixture.NewId("pay"), queue) { StartToCloseTimeout = TimeSpan.FromMinutes(1), Summary = "in short" };
            (await real.ExecuteActivityAsync(() => PayAsync("order", 3), options)).ShouldBe("order 3 of no workflow");
            var paid = await real.GetActivityHandle(options.Id!).DescribeAsync(new() { IncludeInput = true, IncludeOutcome = true });
            (paid.Status, paid.HasInput, await paid.GetResultAsync<string>()).ShouldBe((ActivityExecutionStatus.Completed, true, "order 3 of no workflow"));
            (await paid.GetSummaryAsync()).ShouldBe("in short");

            var waiting = await real.StartActivityAsync(() => WaitAsync(), new(RealServerFixture.NewId("wait"), queue)
            {
                StartToCloseTimeout = TimeSpan.FromMinutes(1),
                HeartbeatTimeout = TimeSpan.FromSeconds(30),
                RetryPolicy = new() { MaximumAttempts = 1 },
            });
            var inUse = await Should.ThrowAsync<ActivityAlreadyStartedException>(real.StartActivityAsync("Pay", [], new(waiting.Id, queue) { StartToCloseTimeout = TimeSpan.FromMinutes(1) }));
            inUse.RunId.ShouldBe(waiting.RunId);
            await waiting.TerminateAsync(new() { Reason = "enough" });
            (await Should.ThrowAsync<ActivityFailedException>(waiting.GetResultAsync())).InnerException.ShouldBeOfType<TerminatedFailureException>();
        });
    }

    [Activity]
    private static Task<string> PayAsync(string order, int times) =>
        Task.FromResult($"{order} {times} of {ActivityExecutionContext.Current.Info.WorkflowId ?? "no workflow"}");

    [Activity]
    private static Task WaitAsync() => Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);

    private static StartActivityOptions Options() => new("pay-1", "queue") { StartToCloseTimeout = TimeSpan.FromMinutes(1) };

    private static ListActivityExecutionsResponse Page(string nextPageToken, params string[] ids) => new()
    {
        NextPageToken = ByteString.CopyFromUtf8(nextPageToken),
        Executions = { ids.Select(id => new ActivityExecutionListInfo { ActivityId = id }) },
    };
}
