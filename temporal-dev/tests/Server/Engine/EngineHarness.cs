using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Frontend;
using Temporalio.DevServer.Matching;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Visibility;
using TaskQueue = Temporalio.Api.TaskQueue.V1.TaskQueue;

namespace Temporalio.DevServer.Tests.Engine;

/// <summary>An engine without a port, on a store that may fail, and a worker whose answers the test writes by hand.</summary>
internal sealed class EngineHarness : INamespaceFacts, IAsyncDisposable
{
    public const string Queue = "queue";
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    private readonly EngineOptions options;
    private readonly IServerClock clock;
    private bool isDisposed;

    public EngineHarness(FaultyStore? store = null, EngineOptions? options = null, IServerClock? clock = null)
    {
        Store = store ?? new FaultyStore();
        this.clock = clock ?? new WallClock();
        this.options = (options ?? new EngineOptions()) with { Fatal = e => Fatal.TrySetResult(e) };
        Engine = Create();
    }

    public static NamespaceFacts Space { get; } = new("default", "32049b68-7872-4094-8e63-d0dd59896a83", TimeSpan.FromDays(1), SearchAttributeRegistry.Empty);

    public FaultyStore Store { get; }

    public ExecutionEngine Engine { get; private set; }

    public TaskCompletionSource<Exception> Fatal { get; } = new();

    public static async Task<EngineHarness> StartAsync(FaultyStore? store = null, EngineOptions? options = null, IServerClock? clock = null)
    {
        var harness = new EngineHarness(store, options, clock);
        await harness.Engine.StartAsync(default);
        return harness;
    }

    public NamespaceFacts? ById(string id) => id == Space.Id ? Space : null;

    public NamespaceFacts? ByName(string name) => name == Space.Name ? Space : null;

    /// <summary>Ends the engine; a second time does nothing.</summary>
    public ValueTask DisposeAsync()
    {
        var first = !isDisposed;
        isDisposed = true;
        return first ? Engine.DisposeAsync() : ValueTask.CompletedTask;
    }

    /// <summary>Ends the engine as a process ends, and begins another on the same store.</summary>
    public async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        Engine = Create();
        await Engine.StartAsync(default);
    }

    public async Task<StartedRun> StartWorkflowAsync(string workflowId, Action<StartWorkflowExecutionRequest>? with = null, string? requestId = null)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = Space.Name,
            WorkflowId = workflowId,
            WorkflowType = new WorkflowType { Name = "type" },
            TaskQueue = new TaskQueue { Name = Queue },
            RequestId = requestId ?? "",
        };
        with?.Invoke(request);
        StartCheck.Complete(request, WorkflowIdConflictPolicy.Fail);
        return await Engine.StartAsync(Space, request, StartExtras.None, default);
    }

    /// <summary>The next workflow task of the queue.</summary>
    public async Task<ReadyWorkflowTask> PollWorkflowAsync(TimeSpan? wait = null) =>
        (ReadyWorkflowTask)(await TryPollWorkflowAsync(wait ?? Generous)).ShouldNotBeNull("no workflow task came");

    public Task<object?> TryPollWorkflowAsync(TimeSpan wait) =>
        Engine.PollWorkflowTaskAsync(new QueueKey(Space.Id, Queue, TaskQueueType.Workflow), null, new WorkerFacts("worker"), wait, default);

    public async Task<ReadyActivityTask> PollActivityAsync() =>
        (await Engine.PollActivityTaskAsync(new QueueKey(Space.Id, Queue, TaskQueueType.Activity), new WorkerFacts("worker"), Generous, default)).ShouldNotBeNull("no activity task came");

    public Task<AnsweredWorkflowTask> CompleteAsync(ReadyWorkflowTask task, params Command[] commands) =>
        Engine.CompleteWorkflowTaskAsync(Space, task.Run, task.Started.Task, new RespondWorkflowTaskCompletedRequest { Identity = "worker", Commands = { commands } }, default);

    public Task CompleteAsync(ReadyActivityTask task) => Engine.ChangeActivityAsync(Space, task.Run, t => t.CompleteActivity(task.Started.Activity, null, "worker"), default);

    /// <summary>All events of a run, from the store.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(RunKey run) =>
        [.. (await Store.ReadEventsAsync(run, 1, int.MaxValue, default)).Batches.SelectMany(b => History.Parser.ParseFrom(b.Events).Events)];

    public static RunKey Run(string workflowId, string runId) => new(Space.Id, workflowId, runId);

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Generous);
        while (!await holds())
            await Task.Delay(20, limit.Token);
    }

    public static Command Complete() => new() { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes = new() };

    public static Command Timer(TimeSpan after) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = "1", StartToFireTimeout = Duration.FromTimeSpan(after) },
    };

    public static Command Activity(string id, TimeSpan? startToClose = null, bool eager = false) => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new()
        {
            ActivityId = id,
            ActivityType = new ActivityType { Name = "act" },
            TaskQueue = new TaskQueue { Name = Queue },
            StartToCloseTimeout = Duration.FromTimeSpan(startToClose ?? TimeSpan.FromMinutes(1)),
            RequestEagerExecution = eager,
        },
    };

    public static Command Child(string workflowId) => new()
    {
        CommandType = CommandType.StartChildWorkflowExecution,
        StartChildWorkflowExecutionCommandAttributes = new() { WorkflowId = workflowId, WorkflowType = new WorkflowType { Name = "child" }, TaskQueue = new TaskQueue { Name = Queue } },
    };

    public static Command SignalExternal(string workflowId) => new()
    {
        CommandType = CommandType.SignalExternalWorkflowExecution,
        SignalExternalWorkflowExecutionCommandAttributes = new() { SignalName = "hello", Execution = new WorkflowExecution { WorkflowId = workflowId } },
    };

    private ExecutionEngine Create() => new(new EngineServices(Store, clock, this, new Matcher(TimeProvider.System), options, NullLogger.Instance));
}
