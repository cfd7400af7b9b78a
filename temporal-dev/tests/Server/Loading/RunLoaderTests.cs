using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Loading;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.Loading;

/// <summary>Loaded runs are real runs: listed, described, read, and ended like any others.</summary>
public sealed class RunLoaderTests
{
    [Fact]
    public async Task Load_ClosedAndWaiting_AreRunsLikeAnyOthers()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { SearchAttributes = LoadedAttributes.Types });
        var engine = server.Server.Composition.Engine;
        var loader = new RunLoader(engine.Engine.Services.Store, engine.Spaces.Require("default"), seed: 1, DateTimeOffset.UtcNow);
        var told = 0;
        await loader.LoadClosedAsync(700, n => told = n, default);
        await loader.LoadWaitingAsync(30, TimeSpan.FromHours(1), _ => { }, default);

        told.ShouldBe(700);
        (await server.CountAsync("WorkflowId STARTS_WITH 'load-closed-' AND CloseTime IS NOT NULL"), await server.CountAsync("ExecutionStatus = 'Running'")).ShouldBe((700, 30));
        (await server.CountAsync("ExecutionStatus = 'Failed' AND WorkflowType = 'LoadSweep'")).ShouldBePositive();
        (await server.CountAsync("LoadGroup IS NULL")).ShouldBe(0);
        (await server.CountAsync("LoadDue IS NULL AND LoadState = 'done' AND LoadCount < 5000 AND LoadAmount >= 0.5 AND LoadNote = 'urgent' AND LoadTags IN ('tag-1', 'tag-2', 'tag-3')")).ShouldBePositive();
        var closed = await server.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", new GetWorkflowExecutionHistoryRequest { Namespace = "default", Execution = new() { WorkflowId = "load-closed-5" } });
        closed.History.Events.Select(e => e.EventId).ShouldBe([1, 2, 3, 4, 5]);
        var waiting = await server.WorkflowAsync<DescribeWorkflowExecutionResponse>("DescribeWorkflowExecution", new DescribeWorkflowExecutionRequest { Namespace = "default", Execution = new() { WorkflowId = "load-waiting-3" } });
        waiting.WorkflowExecutionInfo.HistoryLength.ShouldBe(5);
        await server.TerminateAsync("load-waiting-3");
        (await server.CountAsync("ExecutionStatus = 'Running'")).ShouldBe(29);
    }
}
