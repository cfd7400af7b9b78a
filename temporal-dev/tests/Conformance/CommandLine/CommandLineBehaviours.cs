using System.Diagnostics;
using System.Text.Json;
using Temporalio.Common;
using Temporalio.Conformance.Tests.Behaviours;
using Temporalio.Conformance.Tests.Behaviours.Raw;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.CommandLine;

/// <summary>Every command that an operator needs, given to the real <c>temporal</c> command line.</summary>
public abstract class CommandLineBehaviours(ConformanceServer server) : Behaviour(server)
{
    private readonly string mark = NewId("mark");

    [Fact]
    public Task Workflow_StartSignalQueryUpdateShow_Work() => WithWorkerAsync(Configure, async queue =>
    {
        var id = await StartAsync(queue);
        await OkAsync("workflow", "signal", "--workflow-id", id, "--name", "Add", "--input", "3");
        (await OkAsync("workflow", "query", "--workflow-id", id, "--type", "Total")).ShouldContain("3");
        (await OkAsync("workflow", "update", "execute", "--workflow-id", id, "--name", "Change", "--input", "4")).ShouldContain("7");
        (await OkAsync("workflow", "update", "start", "--workflow-id", id, "--name", "Change", "--input", "1", "--update-id", "u-1", "--wait-for-stage", "accepted")).ShouldContain("u-1");
        (await OkAsync("workflow", "update", "describe", "--workflow-id", id, "--update-id", "u-1")).ShouldContain("u-1");
        (await OkAsync("workflow", "update", "result", "--workflow-id", id, "--update-id", "u-1")).ShouldContain("8");
        (await FailsAsync("workflow", "update", "execute", "--workflow-id", id, "--name", "Change", "--input", "-1")).ShouldContain("not less than zero");
        (await OkAsync("workflow", "metadata", "--workflow-id", id)).ShouldContain("Total");
        (await OkAsync("workflow", "stack", "--workflow-id", id)).ShouldContain("TotalWorkflow");
        await OkAsync("workflow", "signal", "--workflow-id", id, "--name", "Add", "--input", "100");
        (await OkAsync("workflow", "result", "--workflow-id", id)).ShouldContain("108");
        (await OkAsync("workflow", "show", "--workflow-id", id)).ShouldContain("WorkflowExecutionCompleted");
        using var history = JsonDocument.Parse(await OkAsync("workflow", "show", "--workflow-id", id, "--output", "json"));
        history.RootElement.GetProperty("events")[0].GetProperty("eventType").GetString().ShouldBe("EVENT_TYPE_WORKFLOW_EXECUTION_STARTED");
    });

    [Fact]
    public Task Workflow_Execute_PrintsTheResult() => WithWorkerAsync(Configure, async queue =>
    {
        var printed = await OkAsync("workflow", "execute", "--type", "EchoWorkflow", "--task-queue", queue, "--workflow-id", NewId(), "--input", "\"hello\"");
        printed.ShouldContain("COMPLETED");
        printed.ShouldContain("hello");
    });

    [Fact]
    public Task Workflow_ShownAsJson_CanBeReplayed() => WithWorkerAsync(Configure, async queue =>
    {
        var id = NewId();
        await OkAsync("workflow", "execute", "--type", "EchoWorkflow", "--task-queue", queue, "--workflow-id", id, "--input", "\"again\"");
        var history = WorkflowHistory.FromJson(id, await OkAsync("workflow", "show", "--workflow-id", id, "--output", "json"));
        var replayed = await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<EchoWorkflow>()).ReplayWorkflowAsync(history);
        replayed.ReplayFailure.ShouldBeNull();
    });

    [Fact]
    public Task Workflow_ListCountDescribe_FindIt() => WithWorkerAsync(Configure, async queue =>
    {
        var id = await StartAsync(queue);
        var query = $"TestKeyword = '{mark}'";
        await EventuallyAsync(async () => (await OkAsync("workflow", "list", "--query", query)).Contains(id, StringComparison.Ordinal));
        (await OkAsync("workflow", "count", "--query", query)).ShouldContain("1");
        (await OkAsync("workflow", "count", "--query", $"{query} GROUP BY ExecutionStatus")).ShouldContain("Running");
        var described = await OkAsync("workflow", "describe", "--workflow-id", id);
        described.ShouldContain("TotalWorkflow");
        described.ShouldContain("one line");
        (await FailsAsync("workflow", "list", "--query", $"{query} ORDER BY StartTime")).ShouldContain("'ORDER BY' clause");
        (await FailsAsync("workflow", "describe", "--workflow-id", "no-such-workflow")).ShouldContain("not found");
        await OkAsync("workflow", "terminate", "--workflow-id", id, "--reason", "done with it");
    });

    [Fact]
    public Task Workflow_SignalWithStartAndUpdateWithStart_Work() => WithWorkerAsync(Configure, async queue =>
    {
        var first = NewId();
        Track(first);
        await OkAsync("workflow", "signal-with-start", "--signal-name", "Add", "--signal-input", "5", "--type", "TotalWorkflow", "--task-queue", queue, "--workflow-id", first);
        (await OkAsync("workflow", "query", "--workflow-id", first, "--type", "Total")).ShouldContain("5");
        await OkAsync("workflow", "terminate", "--workflow-id", first);
        var second = NewId();
        Track(second);
        (await OkAsync(
            "workflow", "execute-update-with-start", "--update-name", "Change", "--update-input", "6", "--type", "TotalWorkflow", "--task-queue", queue,
            "--workflow-id", second, "--id-conflict-policy", "UseExisting")).ShouldContain("6");
        await OkAsync("workflow", "terminate", "--workflow-id", second);
    });

    [Fact]
    public Task Workflow_CancelTerminateDelete_EndIt() => WithWorkerAsync(Configure, async queue =>
    {
        var id = await StartAsync(queue);
        await OkAsync("workflow", "cancel", "--workflow-id", id);
        await EventuallyAsync(async () => (await OkAsync("workflow", "describe", "--workflow-id", id, "--output", "json")).Contains("WORKFLOW_EXECUTION_STATUS_CANCELED", StringComparison.Ordinal));
        var other = await StartAsync(queue);
        await OkAsync("workflow", "terminate", "--workflow-id", other, "--reason", "enough");
        (await OkAsync("workflow", "show", "--workflow-id", other)).ShouldContain("WorkflowExecutionTerminated");
        await OkAsync("workflow", "delete", "--workflow-id", other, "--yes");
        await EventuallyAsync(async () => (await RunAsync("workflow", "describe", "--workflow-id", other)).Exit != 0);
    });

    [Fact]
    public Task Workflow_Reset_RunsAgain() => WithWorkerAsync(Configure, async queue =>
    {
        var id = NewId();
        await OkAsync("workflow", "execute", "--type", "EchoWorkflow", "--task-queue", queue, "--workflow-id", id, "--input", "\"again\"");
        await OkAsync("workflow", "reset", "--workflow-id", id, "--event-id", "4", "--reason", "once more");
        (await OkAsync("workflow", "result", "--workflow-id", id)).ShouldContain("again");
        var typed = await OkAsync("workflow", "reset", "--workflow-id", id, "--type", "FirstWorkflowTask", "--reason", "by type");
        typed.ShouldContain("Resetting");
        (await OkAsync("workflow", "result", "--workflow-id", id)).ShouldContain("again");
    });

    [Fact]
    public Task Activity_CompleteFailPauseUnpauseReset_Work() => RecordedAsync(async () =>
    {
        var queue = NewId("queue");
        var id = await StartAsync(queue);
        var task = await Service.PollWorkflowTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = queue } });
        await Service.RespondWorkflowTaskCompletedAsync(new()
        {
            Namespace = "default", TaskToken = task.TaskToken, Commands = { Commands.ScheduleActivity(queue, "1"), Commands.ScheduleActivity(queue, "2") },
        });
        await OkAsync("activity", "pause", "--workflow-id", id, "--activity-id", "1");
        (await OkAsync("workflow", "describe", "--workflow-id", id)).ShouldContain("Pending Activities");
        await OkAsync("activity", "unpause", "--workflow-id", id, "--activity-id", "1");
        await OkAsync("activity", "reset", "--workflow-id", id, "--activity-id", "1");
        await Service.PollActivityTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = queue } });
        await Service.PollActivityTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = queue } });
        await OkAsync("activity", "complete", "--workflow-id", id, "--activity-id", "1", "--result", "\"by hand\"");
        await OkAsync("activity", "fail", "--workflow-id", id, "--activity-id", "2", "--reason", "by hand");
        await OkAsync("workflow", "terminate", "--workflow-id", id);
    });

    [Fact]
    public Task Batch_StartedByAQuery_IsListedAndDescribed() => RecordedAsync(async () =>
    {
        var queue = NewId("queue");
        await StartAsync(queue);
        await StartAsync(queue);
        var query = $"TestKeyword = '{mark}'";
        await EventuallyAsync(async () => (await OkAsync("workflow", "count", "--query", $"{query} AND ExecutionStatus = 'Running'")).Contains('2', StringComparison.Ordinal));
        var started = await BatchAsync("workflow", "signal", "--query", query, "--name", "Add", "--input", "1", "--reason", "all of them", "--yes");
        var job = JobId(started);
        await EventuallyAsync(async () => (await OkAsync("batch", "describe", "--job-id", job)).Contains("Completed", StringComparison.Ordinal));
        await EventuallyAsync(async () => (await OkAsync("batch", "list")).Contains(job, StringComparison.Ordinal));
        await BatchAsync("workflow", "cancel", "--query", query, "--reason", "all of them", "--yes");
        job = JobId(await BatchAsync("workflow", "terminate", "--query", query, "--reason", "all of them", "--yes"));
        await EventuallyAsync(async () => (await OkAsync("workflow", "count", "--query", $"{query} AND ExecutionStatus = 'Terminated'")).Contains('2', StringComparison.Ordinal));
        await EventuallyAsync(async () => (await OkAsync("batch", "describe", "--job-id", job)).Contains("Completed", StringComparison.Ordinal));
        (await FailsAsync("batch", "terminate", "--job-id", "no-such-job", "--reason", "stop")).ShouldNotBeEmpty();
        await BatchAsync("workflow", "delete", "--query", query, "--reason", "all of them", "--yes");
        await EventuallyAsync(async () => (await OkAsync("workflow", "list", "--query", query)).Contains(mark, StringComparison.Ordinal) == false);
    });

    [Fact]
    public Task Schedule_FromCreateToDelete_Works() => WithWorkerAsync(Configure, async queue =>
    {
        var id = NewId("schedule");
        string[] action = ["--workflow-id", $"{id}-run", "--type", "EchoWorkflow", "--task-queue", queue, "--input", "\"hello\""];
        await OkAsync(["schedule", "create", "--schedule-id", id, "--interval", "1h", "--paused", "--notes", "not yet", .. action]);
        (await OkAsync("schedule", "describe", "--schedule-id", id)).ShouldContain("not yet");
        await EventuallyAsync(async () => (await OkAsync("schedule", "list")).Contains(id, StringComparison.Ordinal));
        await OkAsync("schedule", "toggle", "--schedule-id", id, "--unpause", "--reason", "now");
        await OkAsync("schedule", "toggle", "--schedule-id", id, "--pause", "--reason", "stop");
        await OkAsync("schedule", "trigger", "--schedule-id", id);
        await EventuallyAsync(async () => (await OkAsync("schedule", "describe", "--schedule-id", id, "--output", "json")).Contains("\"actionCount\": \"1\"", StringComparison.Ordinal));
        await OkAsync("schedule", "backfill", "--schedule-id", id, "--start-time", "2026-01-01T00:30:00Z", "--end-time", "2026-01-01T02:30:00Z", "--overlap-policy", "AllowAll");
        await EventuallyAsync(async () => (await OkAsync("schedule", "describe", "--schedule-id", id, "--output", "json")).Contains("\"actionCount\": \"3\"", StringComparison.Ordinal));
        await OkAsync(["schedule", "update", "--schedule-id", id, "--cron", "0 9 * * MON-FRI", "--time-zone", "Europe/Berlin", .. action]);
        (await OkAsync("schedule", "describe", "--schedule-id", id)).ShouldContain("Berlin");
        await OkAsync("schedule", "delete", "--schedule-id", id);
        (await FailsAsync("schedule", "describe", "--schedule-id", id)).ShouldContain("not found");
    });

    [Fact]
    public Task Operator_Namespaces_AreMadeChangedAndDeleted() => RecordedAsync(async () =>
    {
        var name = NewId("namespace");
        await OkAsync("operator", "namespace", "create", "--namespace", name, "--retention", "3d", "--description", "for a test");
        (await OkAsync("operator", "namespace", "describe", "--namespace", name)).ShouldContain("for a test");
        await OkAsync("operator", "namespace", "update", "--namespace", name, "--description", "changed");
        (await OkAsync("operator", "namespace", "list")).ShouldContain(name);
        await OkAsync("operator", "namespace", "delete", "--namespace", name, "--yes");
        (await FailsAsync("operator", "namespace", "describe", "--namespace", "no-such-namespace")).ShouldContain("not found");
    });

    [Fact]
    public Task Operator_SearchAttributesAndCluster_Work() => RecordedAsync(async () =>
    {
        var attribute = $"Cli{Guid.NewGuid():N}";
        await OkAsync("operator", "search-attribute", "create", "--name", attribute, "--type", "Keyword");
        (await OkAsync("operator", "search-attribute", "list")).ShouldContain(attribute);
        await OkAsync("operator", "search-attribute", "remove", "--name", attribute, "--yes");
        (await OkAsync("operator", "cluster", "health")).ShouldContain("SERVING");
        (await OkAsync("operator", "cluster", "describe")).ShouldContain("ClusterName", Case.Insensitive);
        (await OkAsync("operator", "cluster", "system")).ShouldContain("ServerVersion", Case.Insensitive);
    });

    [Fact]
    public Task TaskQueue_Describe_NamesItsPollers() => WithWorkerAsync(Configure, async queue =>
    {
        await StartAsync(queue);
        await EventuallyAsync(async () => (await OkAsync("task-queue", "describe", "--task-queue", queue)).Contains($"{Environment.ProcessId}@", StringComparison.Ordinal));
        await OkAsync("task-queue", "list-partition", "--task-queue", queue);
        await OkAsync("workflow", "terminate", "--query", $"TestKeyword = '{mark}'", "--reason", "over", "--yes");
    });

    private static void Configure(TemporalWorkerOptions options)
    {
        options.WorkflowStackTrace = WorkflowStackTrace.Normal;
        options.AddWorkflow<TotalWorkflow>().AddWorkflow<EchoWorkflow>();
    }

    private static string JobId(string printed) =>
        System.Text.RegularExpressions.Regex.Match(printed, "[0-9a-f]{8}-[0-9a-f-]{27}").Value;

    private async Task<string> StartAsync(string queue)
    {
        var id = NewId();
        await OkAsync(
            "workflow", "start", "--type", "TotalWorkflow", "--task-queue", queue, "--workflow-id", id,
            "--search-attribute", $"TestKeyword=\"{mark}\"", "--memo", "note=\"given\"", "--static-summary", "one line");
        return id;
    }

    private async Task<string> OkAsync(params string[] arguments)
    {
        var (exit, output) = await RunAsync(arguments);
        exit.ShouldBe(0, $"temporal {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    /// <summary>A server runs one batch job of a namespace at a time; other behaviours have theirs, so this one waits for its turn.</summary>
    private async Task<string> BatchAsync(params string[] arguments)
    {
        var (exit, output) = (1, "");
        await EventuallyAsync(async () =>
        {
            (exit, output) = await RunAsync(arguments);
            return exit == 0 || !output.Contains("Max concurrent batch operations", StringComparison.Ordinal);
        });
        exit.ShouldBe(0, $"temporal {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    private async Task<string> FailsAsync(params string[] arguments)
    {
        var (exit, output) = await RunAsync(arguments);
        exit.ShouldNotBe(0, $"temporal {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    private async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        Oracle.Require();
        var start = new ProcessStartInfo(Oracle.TemporalCli!, [.. arguments, "--address", Server.TargetHost]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    [Workflow]
    public class TotalWorkflow
    {
        [WorkflowQuery]
        public int Total { get; private set; }

        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => Total > 100);
            return Total;
        }

        [WorkflowSignal]
        public Task AddAsync(int amount)
        {
            Total += amount;
            return Task.CompletedTask;
        }

        [WorkflowUpdate]
        public Task<int> ChangeAsync(int amount) => Task.FromResult(Total += amount);

        [WorkflowUpdateValidator(nameof(ChangeAsync))]
        public void ValidateChange(int amount)
        {
            if (amount < 0)
            {
                throw new ArgumentException("not less than zero");
            }
        }
    }

    [Workflow]
    public class EchoWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(string text) => Task.FromResult(text);
    }
}
