using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.InTree.Tests.Support;
using Temporalio.Testing;

namespace Temporalio.InTree.Tests.Testing;

/// <summary>Awaited results skip time on the official test server; the worker's part is played by hand.</summary>
public class TimeSkippingTests
{
    private const string Queue = "by-hand";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);

    [SkippableFact]
    public async Task GetResultAsync_WorkflowWaitsTwoDays_SkipsThem()
    {
        Skip.If(Oracle.TestServer is null, Oracle.Missing);
        await using var environment = await StartAsync();
        var (handle, started) = await StartTimerWorkflowAsync(environment);

        var result = handle.GetResultAsync();
        await RespondAsync(environment, new Command
        {
            CommandType = CommandType.CompleteWorkflowExecution,
            CompleteWorkflowExecutionCommandAttributes = new(),
        });
        await result.WaitAsync(Patience);

        (await environment.GetCurrentTimeAsync() - started).ShouldBeGreaterThanOrEqualTo(TwoDays);
    }

    [SkippableFact]
    public async Task GetResultAsync_SkippingDisabled_WaitsInRealTime()
    {
        Skip.If(Oracle.TestServer is null, Oracle.Missing);
        await using var environment = await StartAsync();
        var (handle, started) = await StartTimerWorkflowAsync(environment);

        await environment.WithAutoTimeSkippingDisabledAsync(async () =>
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await Should.ThrowAsync<OperationCanceledException>(
                handle.GetResultAsync(rpcOptions: new() { CancellationToken = soon.Token }).WaitAsync(Patience));
        });

        (await environment.GetCurrentTimeAsync() - started).ShouldBeLessThan(TimeSpan.FromHours(1));
    }

    [SkippableFact]
    public async Task GetResultAsync_Failing_LocksTimeAgain()
    {
        Skip.If(Oracle.TestServer is null, Oracle.Missing);
        await using var environment = await StartAsync();
        var (handle, _) = await StartTimerWorkflowAsync(environment);
        await handle.TerminateAsync("test");
        await Should.ThrowAsync<Exceptions.WorkflowFailedException>(handle.GetResultAsync().WaitAsync(Patience));
        var (_, started) = await StartTimerWorkflowAsync(environment);

        // Were time still unlocked, the server would have jumped to the second timer.
        (await environment.GetCurrentTimeAsync() - started).ShouldBeLessThan(TimeSpan.FromHours(1));
    }

    private static Task<WorkflowEnvironment> StartAsync() =>
        WorkflowEnvironment.StartTimeSkippingAsync(new() { TestServer = new() { ExistingPath = Oracle.TestServer } });

    private static async Task<(WorkflowHandle Handle, DateTime Started)> StartTimerWorkflowAsync(WorkflowEnvironment environment)
    {
        var handle = await environment.Client.StartWorkflowAsync("TwoDays", [], new(id: $"two-days-{Guid.NewGuid()}", taskQueue: Queue));
        await RespondAsync(environment, new Command
        {
            CommandType = CommandType.StartTimer,
            StartTimerCommandAttributes = new() { TimerId = "1", StartToFireTimeout = Duration.FromTimeSpan(TwoDays) },
        });
        return (handle, await environment.GetCurrentTimeAsync());
    }

    private static async Task RespondAsync(WorkflowEnvironment environment, Command command)
    {
        var service = environment.Client.WorkflowService;
        using var limit = new CancellationTokenSource(Patience);
        var options = new RpcOptions { Retry = true, CancellationToken = limit.Token };
        var task = new PollWorkflowTaskQueueResponse();
        while (task.TaskToken.IsEmpty)
        {
            task = await service.PollWorkflowTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = Queue }, Identity = "test" }, options);
        }
        await service.RespondWorkflowTaskCompletedAsync(new() { Namespace = "default", TaskToken = task.TaskToken, Commands = { command }, Identity = "test" }, options);
    }
}
