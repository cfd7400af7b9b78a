using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Queries as a worker meets them: in tasks of their own, or attached to a workflow task.</summary>
public abstract class QueryTaskBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    [Fact]
    public Task Query_OfAWaitingWorkflow_IsATaskOfItsOwn() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync();
        var query = QueryAsync();
        var task = await PollAsync();
        task.Query.QueryType.ShouldBe("Status");
        Observe("query task", task);
        await AnswerDirectlyAsync(task, QueryResultType.Answered);
        Observe("answer", await query);
        await TerminateAsync();
    });

    [Fact]
    public Task Query_ThatFails_CarriesTheMessage() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync();
        var query = QueryAsync();
        await AnswerDirectlyAsync(await PollAsync(), QueryResultType.Failed);
        (await RefusedAsync("the query", () => query)).Message.ShouldContain("no such query");
        await TerminateAsync();
    });

    [Fact]
    public Task Query_BesideAWaitingTask_IsAttachedToIt() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync();
        await SignalAsync("makes a task");
        var query = QueryAsync();
        var task = await PollWithQueryAsync();
        task.Query.ShouldBeNull();
        var attached = task.Queries.Single();
        attached.Value.QueryType.ShouldBe("Status");
        await CompleteAsync(task, r => r.QueryResults[attached.Key] = new() { ResultType = QueryResultType.Answered, Answer = Commands.Payloads("attached") });
        Observe("answer", await query);
        await TerminateAsync();
    });

    [Fact]
    public Task Query_OfAClosedWorkflow_IsAnswered() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync(Commands.Complete("done"));
        var query = QueryAsync();
        var task = await PollAsync();
        task.History.Events[^1].EventType.ShouldBe(EventType.WorkflowExecutionCompleted);
        Observe("query task", task);
        await AnswerDirectlyAsync(task, QueryResultType.Answered);
        Observe("answer", await query);
    });

    [Fact]
    public Task Query_WithARejectCondition_IsRejectedWhereTheWorkflowIsClosed() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync(Commands.Complete("done"));
        var answer = await QueryAsync(QueryRejectCondition.NotOpen);
        answer.QueryRejected.Status.ShouldBe(WorkflowExecutionStatus.Completed);
        Observe("answer", answer);
    });

    [Fact]
    public Task Query_OfAnUnknownWorkflow_IsRefused() => RecordedAsync(async () =>
        (await RefusedAsync("a query", () => QueryAsync())).Code.ShouldBe(RpcException.StatusCode.NotFound));

    [Fact]
    public Task Query_BeforeTheFirstTaskIsDone_WaitsForIt() => RecordedAsync(async () =>
    {
        await StartAsync();
        var task = await PollAsync();
        var query = QueryAsync();
        await CompleteAsync(task);
        await AnswerDirectlyAsync(await PollAsync(), QueryResultType.Answered);
        Observe("answer", await query);
        await TerminateAsync();
    });

    /// <summary>The query may come in after the task was offered: then the task is given back by a forced new one.</summary>
    private async Task<PollWorkflowTaskQueueResponse> PollWithQueryAsync()
    {
        await EventuallyAsync(async () => (await DescribeAsync()).PendingWorkflowTask is not null);
        return await PollAsync();
    }

    private Task<QueryWorkflowResponse> QueryAsync(QueryRejectCondition condition = QueryRejectCondition.None) => Service.QueryWorkflowAsync(new()
    {
        Namespace = Namespace, Execution = Execution, Query = new WorkflowQuery { QueryType = "Status", QueryArgs = Commands.Payloads("argument") }, QueryRejectCondition = condition,
    });

    private Task AnswerDirectlyAsync(PollWorkflowTaskQueueResponse task, QueryResultType type) => Service.RespondQueryTaskCompletedAsync(new()
    {
        Namespace = Namespace,
        TaskToken = task.TaskToken,
        CompletedType = type,
        QueryResult = type == QueryResultType.Answered ? Commands.Payloads("answered") : null,
        ErrorMessage = type == QueryResultType.Answered ? string.Empty : "no such query",
    });
}
