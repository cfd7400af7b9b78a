using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Batch operations over what a filter finds.</summary>
public abstract class BatchBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    private readonly string mark = NewId("mark");

    private string Query => $"TestKeyword = '{mark}'";

    [Fact]
    public Task Batch_OfTerminations_EndsAll() => RecordedAsync(async () =>
    {
        await StartThreeAsync();
        var done = await RunAsync(r => r.TerminationOperation = new() { Identity = Identity });
        done.CompleteOperationCount.ShouldBe(3);
        Observe("batch", done);
        await EventuallyAsync(async () => await CountAsync("ExecutionStatus = 'Terminated'") == 3);
    });

    [Fact]
    public Task Batch_OfSignals_ReachesAll() => RecordedAsync(async () =>
    {
        var ids = await StartThreeAsync();
        Observe("batch", await RunAsync(r => r.SignalOperation = new() { Signal = "hello", Input = Commands.Payloads(1), Identity = Identity }));
        foreach (var id in ids)
        {
            (await EventTypesAsync(Client.GetWorkflowHandle(id))).ShouldContain(EventType.WorkflowExecutionSignaled);
            await Client.GetWorkflowHandle(id).TerminateAsync();
        }
    });

    [Fact]
    public Task Batch_OfCancellations_AsksAll() => RecordedAsync(async () =>
    {
        var ids = await StartThreeAsync();
        Observe("batch", await RunAsync(r => r.CancellationOperation = new() { Identity = Identity }));
        foreach (var id in ids)
        {
            (await EventTypesAsync(Client.GetWorkflowHandle(id))).ShouldContain(EventType.WorkflowExecutionCancelRequested);
            await Client.GetWorkflowHandle(id).TerminateAsync();
        }
    });

    [Fact]
    public Task Batch_OfDeletions_LeavesNothing() => RecordedAsync(async () =>
    {
        await StartThreeAsync();
        Observe("batch", await RunAsync(r => r.DeletionOperation = new() { Identity = Identity }));
        await EventuallyAsync(async () => await CountAsync("ExecutionStatus IS NOT NULL") == 0);
    });

    [Fact]
    public Task Batch_ThatIsDone_IsListed() => RecordedAsync(async () =>
    {
        await StartThreeAsync();
        var done = await RunAsync(r => r.TerminationOperation = new() { Identity = Identity });
        await EventuallyAsync(async () => (await Service.ListBatchOperationsAsync(new() { Namespace = Namespace, PageSize = 1000 }))
            .OperationInfo.Any(o => o.JobId == done.JobId && o.State == BatchOperationState.Completed));
    });

    [Fact]
    public Task Batch_ThatIsWrong_IsRefused() => RecordedAsync(async () =>
    {
        await RefusedAsync("no operation", () => StartBatchAsync("job-" + mark, null));
        await RefusedAsync("no query", () => StartBatchAsync("job-" + mark, r =>
        {
            r.VisibilityQuery = string.Empty;
            r.TerminationOperation = new();
        }));
        (await RefusedAsync("an unknown job", () => Service.DescribeBatchOperationAsync(new() { Namespace = Namespace, JobId = mark }))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        await RefusedAsync("an unknown job to stop", () => Service.StopBatchOperationAsync(new() { Namespace = Namespace, JobId = mark, Reason = "stop" }));
    });

    private Task<StartBatchOperationResponse> StartBatchAsync(string job, Action<StartBatchOperationRequest>? change)
    {
        var request = new StartBatchOperationRequest { Namespace = Namespace, JobId = job, VisibilityQuery = Query, Reason = "conformance" };
        change?.Invoke(request);
        return Service.StartBatchOperationAsync(request);
    }

    private async Task<DescribeBatchOperationResponse> RunAsync(Action<StartBatchOperationRequest> change)
    {
        var job = NewId("job");
        await StartBatchAsync(job, change);
        DescribeBatchOperationResponse? described = null;
        await EventuallyAsync(async () =>
        {
            described = await Service.DescribeBatchOperationAsync(new() { Namespace = Namespace, JobId = job });
            return described.State == BatchOperationState.Completed;
        });
        return described!;
    }

    private async Task<IReadOnlyList<string>> StartThreeAsync()
    {
        string[] ids = [NewId("batch"), NewId("batch"), NewId("batch")];
        foreach (var id in ids)
        {
            await StartAsync(r =>
            {
                r.WorkflowId = id;
                r.SearchAttributes = new() { IndexedFields = { ["TestKeyword"] = Commands.Payload(mark) } };
            });
        }
        await EventuallyAsync(async () => await CountAsync("ExecutionStatus = 'Running'") == 3);
        return ids;
    }

    private async Task<long> CountAsync(string more) =>
        (await Service.CountWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = $"{Query} AND {more}" })).Count;
}
