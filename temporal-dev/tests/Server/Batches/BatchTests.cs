using Grpc.Core;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.Batches;

/// <summary>Batch jobs over the wire. Answers and refusals were seen on the real server 1.32.</summary>
public sealed class BatchTests
{
    [Fact]
    public async Task Terminate_ByQuery_EndsWhatMatchesAndNothingElse()
    {
        await using var server = await InProcessServer.StartAsync();
        foreach (var id in new[] { "a1", "a2", "b" })
            await server.StartAsync(id);
        await StartAsync(server, "job", r => (r.VisibilityQuery, r.TerminationOperation) = ("WorkflowId STARTS_WITH 'a'", new BatchOperationTermination { Identity = "me" }));
        var job = await EndAsync(server, "job");

        (job.OperationType, job.State, job.TotalOperationCount, job.CompleteOperationCount, job.FailureOperationCount, job.Identity, job.Reason, job.Query)
            .ShouldBe((BatchOperationType.TerminateWorkflow, BatchOperationState.Completed, 2L, 2L, 0L, "me", "why", "WorkflowId STARTS_WITH 'a'"));
        (await server.CountAsync("ExecutionStatus = 'Terminated'"), await server.CountAsync("ExecutionStatus = 'Running'")).ShouldBe((2, 1));
    }

    [Fact]
    public async Task SignalCancelDelete_EachOperation_DoesIt()
    {
        await using var server = await InProcessServer.StartAsync();
        await server.StartAsync("w");
        await StartAsync(server, "signal", r => (r.VisibilityQuery, r.SignalOperation) = ("WorkflowId = 'w'", new BatchOperationSignal { Signal = "go", Identity = "me" }));
        await EndAsync(server, "signal");
        await StartAsync(server, "cancel", r => (r.VisibilityQuery, r.CancellationOperation) = ("WorkflowId = 'w'", new BatchOperationCancellation { Identity = "me" }));
        await EndAsync(server, "cancel");
        var history = await server.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", new GetWorkflowExecutionHistoryRequest { Namespace = "default", Execution = new WorkflowExecution { WorkflowId = "w" } });
        history.History.Events.Select(e => e.EventType).ShouldBe([EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowExecutionSignaled, EventType.WorkflowExecutionCancelRequested]);
        history.History.Events[2].WorkflowExecutionSignaledEventAttributes.Identity.ShouldBe("me");
        history.History.Events[3].WorkflowExecutionCancelRequestedEventAttributes.Cause.ShouldBeEmpty();
        await StartAsync(server, "delete", r => (r.VisibilityQuery, r.DeletionOperation) = ("WorkflowId = 'w'", new BatchOperationDeletion()));
        await EndAsync(server, "delete");

        (await server.CountAsync()).ShouldBe(0);
        var list = await server.WorkflowAsync<ListBatchOperationsResponse>("ListBatchOperations", new ListBatchOperationsRequest { Namespace = "default", PageSize = 2 });
        list.OperationInfo.Select(o => o.JobId).ShouldBe(["delete", "cancel"]);
        (await server.WorkflowAsync<ListBatchOperationsResponse>("ListBatchOperations", new ListBatchOperationsRequest { Namespace = "default", PageSize = 2, NextPageToken = list.NextPageToken }))
            .OperationInfo.Select(o => o.JobId).ShouldBe(["signal"]);
    }

    [Fact]
    public async Task Named_WithOneThatIsGone_CountsItAsDone()
    {
        await using var server = await InProcessServer.StartAsync();
        await server.StartAsync("here");
        await StartAsync(server, "job", r =>
        {
            r.TerminationOperation = new BatchOperationTermination();
            r.TargetExecutions.Add(new Execution { Type = ExecutionType.Workflow, BusinessId = "here" });
            r.TargetExecutions.Add(new Execution { Type = ExecutionType.Workflow, BusinessId = "gone" });
        });
        var job = await EndAsync(server, "job");

        (job.TotalOperationCount, job.CompleteOperationCount, job.FailureOperationCount).ShouldBe((2, 2, 0));
        job.Executions.Select(e => e.BusinessId).ShouldBe(["here", "gone"]);
    }

    [Fact]
    public async Task Start_WhatTheRealServerRefuses_IsRefusedInItsWords()
    {
        const string Missing = "must provide required parameters: BatchType,Reason,Namespace, AND one of (Query OR Executions OR TargetExecutions)";
        await using var server = await InProcessServer.StartAsync();
        await RefusedAsync(r => (r.VisibilityQuery, r.TerminationOperation) = ("", new BatchOperationTermination()), Missing);
        await RefusedAsync(r => (r.VisibilityQuery, r.Reason, r.TerminationOperation) = ("RunId = 'x'", "", new BatchOperationTermination()), Missing);
        await RefusedAsync(r => r.VisibilityQuery = "RunId = 'x'", Missing);
        await RefusedAsync(r => (r.VisibilityQuery, r.SignalOperation) = ("RunId = 'x'", new BatchOperationSignal()), "must provide signal name");
        await RefusedAsync(r => (r.VisibilityQuery, r.ResetOperation) = ("RunId = 'x'", new BatchOperationReset()), "unknown batch reset type Unspecified");
        await RefusedAsync(r => (r.JobId, r.VisibilityQuery, r.TerminationOperation) = ("", "RunId = 'x'", new BatchOperationTermination()), "JobId is not set on request.");
        await RefusedAsync(r => (r.VisibilityQuery, r.TerminationOperation) = ("Nope = 1", new BatchOperationTermination()), "invalid visibility query: invalid search attribute: Nope");
        var none = await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<DescribeBatchOperationResponse>("DescribeBatchOperation", new DescribeBatchOperationRequest { Namespace = "default", JobId = "nope" }));
        (none.StatusCode, none.Status.Detail).ShouldBe((StatusCode.NotFound, "workflow not found for ID: nope"));

        async Task RefusedAsync(Action<StartBatchOperationRequest> spoil, string message)
        {
            var refused = await Should.ThrowAsync<RpcException>(() => StartAsync(server, "bad", spoil));
            (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.InvalidArgument, message));
        }
    }

    [Fact]
    public async Task Stop_JobUnderWay_EndsItAndASecondOneMayRun()
    {
        await using var server = await InProcessServer.StartAsync();
        for (var i = 0; i < 20; i++)
            await server.StartAsync($"w{i}");
        // One in two seconds: it is under way until it is stopped.
        await StartAsync(server, "slow", r => (r.VisibilityQuery, r.TerminationOperation, r.MaxOperationsPerSecond) = ("WorkflowType = 'T'", new BatchOperationTermination(), 0.5f));
        var busy = await Should.ThrowAsync<RpcException>(() => StartAsync(server, "second", r => (r.VisibilityQuery, r.CancellationOperation) = ("WorkflowType = 'T'", new BatchOperationCancellation())));
        (busy.StatusCode, busy.Status.Detail).ShouldBe((StatusCode.ResourceExhausted, "Max concurrent batch operations is reached"));
        await StopAsync(server, "slow");

        (await DescribeAsync(server, "slow")).State.ShouldBe(BatchOperationState.Failed);
        (await Should.ThrowAsync<RpcException>(() => StopAsync(server, "slow"))).StatusCode.ShouldBe(StatusCode.NotFound);
        await StartAsync(server, "second", r => (r.VisibilityQuery, r.CancellationOperation) = ("WorkflowId = 'none'", new BatchOperationCancellation()));
        await EndAsync(server, "second");
    }

    [Fact]
    public async Task Job_ServerEndsMeanwhile_GoesOnAtTheNextStart()
    {
        var options = new DevServerOptions { Database = await TestCluster.CreateDatabaseAsync() };
        await using (var server = await InProcessServer.StartAsync(options))
        {
            for (var i = 0; i < 20; i++)
                await server.StartAsync($"w{i}");
            await StartAsync(server, "job", r => (r.VisibilityQuery, r.TerminationOperation, r.MaxOperationsPerSecond) = ("WorkflowType = 'T'", new BatchOperationTermination(), 10));
            await Starts.UntilAsync(async () => await server.CountAsync("ExecutionStatus = 'Terminated'") > 0);
        }

        await using var again = await InProcessServer.StartAsync(options);
        (await EndAsync(again, "job")).State.ShouldBe(BatchOperationState.Completed);
        (await again.CountAsync("ExecutionStatus = 'Terminated'")).ShouldBe(20);
    }

    private static Task StartAsync(InProcessServer server, string jobId, Action<StartBatchOperationRequest> with)
    {
        var request = new StartBatchOperationRequest { Namespace = "default", JobId = jobId, Reason = "why" };
        with(request);
        return server.WorkflowAsync<StartBatchOperationResponse>("StartBatchOperation", request);
    }

    private static Task StopAsync(InProcessServer server, string jobId) =>
        server.WorkflowAsync<StopBatchOperationResponse>("StopBatchOperation", new StopBatchOperationRequest { Namespace = "default", JobId = jobId, Reason = "enough" });

    private static Task<DescribeBatchOperationResponse> DescribeAsync(InProcessServer server, string jobId) =>
        server.WorkflowAsync<DescribeBatchOperationResponse>("DescribeBatchOperation", new DescribeBatchOperationRequest { Namespace = "default", JobId = jobId });

    private static async Task<DescribeBatchOperationResponse> EndAsync(InProcessServer server, string jobId)
    {
        await Starts.UntilAsync(async () => (await DescribeAsync(server, jobId)).State != BatchOperationState.Running);
        return await DescribeAsync(server, jobId);
    }
}
