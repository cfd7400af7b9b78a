using System.Collections.Concurrent;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.WorkflowTasks;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Local activities: run once, then known from their markers.</summary>
public sealed class LocalActivityTests
{
    [Fact]
    public async Task Local_Succeeds_LeavesAMarkerThatReplaysWithoutRunning()
    {
        var runner = new ScriptedRunner(r => new() { Attempt = 1, Runtime = TimeSpan.Zero, Result = ToPayload(r.ActivityId) });
        var workflow = OfflineWorkflow.Of(typeof(LocalWorkflow), o => o with { LocalActivities = runner });
        var commands = await workflow.TaskAsync();
        commands.Select(c => c.CommandType).ShouldBe(
            [CommandType.RecordMarker, CommandType.RecordMarker, CommandType.CompleteWorkflowExecution]);
        var marker = commands[0].RecordMarkerCommandAttributes;
        marker.MarkerName.ShouldBe("core_local_activity");
        marker.Details["data"].Payloads_[0].Data.ToStringUtf8().ShouldContain("\"activity_type\":\"Local\"");
        RunTests.ResultOf(commands).ShouldBe("1,2");
        runner.Ran.Count.ShouldBe(2);
        (await workflow.ReplayAsync<LocalWorkflow>()).ReplayFailure.ShouldBeNull();
        runner.Ran.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Local_Fails_IsAnActivityFailureInTheRunAndOnReplay()
    {
        var runner = new ScriptedRunner(_ => new()
        {
            Attempt = 3,
            Runtime = TimeSpan.Zero,
            Failure = new() { Message = "no", ApplicationFailureInfo = new() { Type = "No" } },
        });
        var workflow = OfflineWorkflow.Of(typeof(LocalFailureWorkflow), o => o with { LocalActivities = runner });
        var commands = await workflow.TaskAsync();
        commands[0].RecordMarkerCommandAttributes.Failure.ApplicationFailureInfo.Type.ShouldBe("No");
        RunTests.ResultOf(commands).ShouldBe("no");
        await workflow.ReplayAsync<LocalFailureWorkflow>();
    }

    [Fact]
    public async Task Local_LongBackoff_WaitsWithATimer()
    {
        var runner = new ScriptedRunner(r => r.Attempt == 1
            ? new()
            {
                Attempt = 1,
                Runtime = TimeSpan.Zero,
                Backoff = TimeSpan.FromMinutes(5),
                Failure = new() { Message = "again", ApplicationFailureInfo = new() },
            }
            : new() { Attempt = r.Attempt, Runtime = TimeSpan.Zero, Result = ToPayload($"attempt {r.Attempt}") });
        var workflow = OfflineWorkflow.Of(typeof(LocalFailureWorkflow), o => o with { LocalActivities = runner });
        var commands = await workflow.TaskAsync();
        commands.Select(c => c.CommandType).ShouldBe([CommandType.RecordMarker, CommandType.StartTimer]);
        commands[1].StartTimerCommandAttributes.StartToFireTimeout.ToTimeSpan().ShouldBe(TimeSpan.FromMinutes(5));
        workflow.FireTimer("1");
        RunTests.ResultOf(await workflow.TaskAsync()).ShouldBe("attempt 2");
        await workflow.ReplayAsync<LocalFailureWorkflow>();
    }

    [Fact]
    public async Task Local_OtherTypeOnReplay_IsFoundOut()
    {
        var runner = new ScriptedRunner(r => new() { Attempt = 1, Runtime = TimeSpan.Zero, Result = ToPayload(r.ActivityId) });
        var workflow = OfflineWorkflow.Of(typeof(LocalWorkflow), o => o with { LocalActivities = runner });
        await workflow.TaskAsync();
        var altered = WorkflowDefinition.Create(typeof(OtherLocalWorkflow), nameof(LocalWorkflow), null);
        (await workflow.ReplayAsync(altered, throwOnFailure: false)).ReplayFailure.ShouldBeOfType<WorkflowNondeterminismException>();
    }

    private static Api.Common.V1.Payload ToPayload(string text) => DataConverter.Default.PayloadConverter.ToPayload(text);

    private sealed class ScriptedRunner(Func<LocalActivityRequest, LocalActivityOutcome> script) : ILocalActivityRunner
    {
        public ConcurrentQueue<LocalActivityRequest> Ran { get; } = [];

        public Task<LocalActivityOutcome> RunAsync(LocalActivityRequest request, CancellationToken cancel)
        {
            Ran.Enqueue(request);
            return Task.FromResult(script(request));
        }
    }
}

/// <summary>Two local activities at a time.</summary>
[Workflow]
public class LocalWorkflow
{
    public static readonly LocalActivityOptions Options = new() { StartToCloseTimeout = TimeSpan.FromSeconds(5) };

    [WorkflowRun]
    public async Task<string> RunAsync() => string.Join(',', await Workflow.WhenAllAsync(
        Workflow.ExecuteLocalActivityAsync<string>("Local", [], Options),
        Workflow.ExecuteLocalActivityAsync<string>("Local", [], Options)));
}

/// <summary>The same with another activity.</summary>
[Workflow]
public class OtherLocalWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync() => string.Join(',', await Workflow.WhenAllAsync(
        Workflow.ExecuteLocalActivityAsync<string>("Other", [], LocalWorkflow.Options),
        Workflow.ExecuteLocalActivityAsync<string>("Other", [], LocalWorkflow.Options)));
}

/// <summary>A local activity that may fail.</summary>
[Workflow]
public class LocalFailureWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        try
        {
            return await Workflow.ExecuteLocalActivityAsync<string>("Local", [], LocalWorkflow.Options);
        }
        catch (ActivityFailureException e) when (e.InnerException is ApplicationFailureException)
        {
            return e.InnerException.Message;
        }
    }
}
