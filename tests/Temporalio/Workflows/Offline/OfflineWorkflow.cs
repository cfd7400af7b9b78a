using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Converters;
using Temporalio.Worker;
using Temporalio.Worker.WorkflowTasks;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>
/// A workflow run without a server: the test plays the server by writing events, and sees the commands of each task. What
/// was written can be replayed from the start, and is, at the end of each test.
/// </summary>
internal sealed class OfflineWorkflow
{
    private static readonly DateTime Start = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    private readonly WorkflowRunOptions options;
    private readonly WorkflowRun run;
    private readonly List<HistoryEvent> events = [];
    private readonly List<Message> messages = [];
    private readonly Dictionary<string, long> commandEventIds = [];
    private readonly Dictionary<string, Request> updates = [];
    private int fed;
    private long previousStarted;

    private OfflineWorkflow(WorkflowRunOptions options, IReadOnlyCollection<object?> arguments, string type)
    {
        this.options = options;
        run = new(options, "offline", "run-1");
        Add(EventType.WorkflowExecutionStarted, e => e.WorkflowExecutionStartedEventAttributes = new()
        {
            WorkflowType = new() { Name = type },
            OriginalExecutionRunId = "run-1",
            FirstExecutionRunId = "run-1",
            Attempt = 1,
            TaskQueue = new() { Name = "offline" },
            Input = ToPayloads(arguments),
            WorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
        });
    }

    /// <summary>Seconds that the clock moves on between tasks.</summary>
    public double SecondsBetweenTasks { get; set; } = 1;

    /// <summary>What the server says with the start of a task, beside its size.</summary>
    public Action<WorkflowTaskStartedEventAttributes> TaskStarted { get; set; } = _ => { };

    /// <summary>Messages of the last task's completion.</summary>
    public IReadOnlyList<Message> Answers { get; private set; } = [];

    /// <summary>Everything written so far.</summary>
    public IReadOnlyList<HistoryEvent> Events => events;

    /// <summary>Commands of the last task.</summary>
    public IReadOnlyList<Command> Commands { get; private set; } = [];

    public static OfflineWorkflow Of<T>(params object?[] arguments) => Of(typeof(T), o => o, arguments);

    public static OfflineWorkflow Of(System.Type type, Func<WorkflowRunOptions, WorkflowRunOptions> configure, params object?[] arguments)
    {
        var definition = WorkflowDefinition.Create(type);
        return new(configure(NewOptions(definition)), arguments, definition.Name ?? "SomeType");
    }

    /// <summary>Runs a workflow task over all that was written since the last one.</summary>
    /// <returns>Commands.</returns>
    public async Task<IReadOnlyList<Command>> TaskAsync()
    {
        Add(EventType.WorkflowTaskScheduled, e => e.WorkflowTaskScheduledEventAttributes = new());
        var started = AddStarted();
        await run.AdvanceAsync(events.Skip(fed).Select(e => e.Clone()).ToArray(), previousStarted, [.. messages]);
        if (await run.RunLocalActivitiesAsync(Task.Delay(TimeSpan.FromSeconds(8))))
        {
            throw new InvalidOperationException("Local activities took too long for an offline task");
        }
        Complete(started);
        return Commands;
    }

    /// <summary>A task that fails, which history keeps but the workflow never sees.</summary>
    /// <param name="newRunId">Run id, if the failure stands for a reset.</param>
    public void FailedTask(string? newRunId = null)
    {
        Add(EventType.WorkflowTaskScheduled, e => e.WorkflowTaskScheduledEventAttributes = new());
        var started = AddStarted();
        Add(EventType.WorkflowTaskFailed, e => e.WorkflowTaskFailedEventAttributes = new()
        {
            StartedEventId = started,
            Cause = newRunId == null ? WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure : WorkflowTaskFailedCause.ResetWorkflow,
            NewRunId = newRunId ?? string.Empty,
        });
    }

    public void Signal(string name, params object?[] arguments) => Add(
        EventType.WorkflowExecutionSignaled,
        e => e.WorkflowExecutionSignaledEventAttributes = new() { SignalName = name, Input = ToPayloads(arguments) });

    public void SignalGarbage(string name) => Add(EventType.WorkflowExecutionSignaled, e =>
        e.WorkflowExecutionSignaledEventAttributes = new()
        {
            SignalName = name,
            Input = new() { Payloads_ = { new Payload { Data = Google.Protobuf.ByteString.CopyFromUtf8("?") } } },
        });

    public void RequestCancel() => Add(
        EventType.WorkflowExecutionCancelRequested, e => e.WorkflowExecutionCancelRequestedEventAttributes = new() { Cause = "test" });

    public void FireTimer(string id) => Add(EventType.TimerFired, e => e.TimerFiredEventAttributes = new()
    {
        TimerId = id,
        StartedEventId = commandEventIds[$"timer {id}"],
    });

    public void CompleteActivity(string id, object? result)
    {
        var started = StartActivity(id);
        Add(EventType.ActivityTaskCompleted, e => e.ActivityTaskCompletedEventAttributes = new()
        {
            ScheduledEventId = commandEventIds[$"activity {id}"],
            StartedEventId = started,
            Result = ToPayloads([result]),
        });
    }

    public void CancelActivity(string id)
    {
        var started = StartActivity(id);
        Add(EventType.ActivityTaskCanceled, e => e.ActivityTaskCanceledEventAttributes = new()
        {
            ScheduledEventId = commandEventIds[$"activity {id}"],
            StartedEventId = started,
        });
    }

    public void FailActivity(string id, string type)
    {
        var started = StartActivity(id);
        Add(EventType.ActivityTaskFailed, e => e.ActivityTaskFailedEventAttributes = new()
        {
            ScheduledEventId = commandEventIds[$"activity {id}"],
            StartedEventId = started,
            Failure = new() { Message = type, ApplicationFailureInfo = new() { Type = type } },
            RetryState = RetryState.NonRetryableFailure,
        });
    }

    /// <summary>Sends an update with the next task.</summary>
    public void Update(string id, string name, params object?[] arguments)
    {
        var request = new Request
        {
            Meta = new() { UpdateId = id },
            Input = new() { Name = name, Args = ToPayloads(arguments) },
        };
        updates[id] = request;
        messages.Add(new()
        {
            Id = $"{id}/request",
            ProtocolInstanceId = id,
            EventId = events.Count,
            Body = Any.Pack(request),
        });
    }

    public async Task<WorkflowQueryResult> QueryAsync(string name, params object?[] arguments)
    {
        var query = new WorkflowQuery { QueryType = name, QueryArgs = ToPayloads(arguments) };
        return (await run.QueryAsync(new Dictionary<string, WorkflowQuery> { ["q"] = query }))["q"];
    }

    /// <summary>Appends an event that the test makes up.</summary>
    public HistoryEvent Add(EventType type, Action<HistoryEvent> set)
    {
        var e = new HistoryEvent
        {
            EventId = events.Count + 1,
            EventType = type,
            EventTime = Timestamp.FromDateTime(Start.AddSeconds(events.Count)),
        };
        set(e);
        events.Add(e);
        return e;
    }

    /// <summary>Replays all that was written, with this workflow type or another of the same name.</summary>
    public Task<WorkflowReplayResult> ReplayAsync<T>(bool throwOnFailure = true) =>
        ReplayAsync(WorkflowDefinition.Create(typeof(T), events[0].WorkflowExecutionStartedEventAttributes.WorkflowType.Name, null), throwOnFailure);

    public Task<WorkflowReplayResult> ReplayAsync(WorkflowDefinition definition, bool throwOnFailure = true)
    {
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions
        {
            WorkflowFailureExceptionTypes = options.FailureExceptionTypes,
        }.AddWorkflow(definition));
        return replayer.ReplayWorkflowAsync(new("offline", events), throwOnFailure);
    }

    private static WorkflowRunOptions NewOptions(WorkflowDefinition definition) => new()
    {
        Workflows = new([definition]),
        Namespace = "default",
        TaskQueue = "offline",
        DataConverter = DataConverter.Default,
        LoggerFactory = NullLoggerFactory.Instance,
        // The machine that runs the tests may be busy with other things.
        DeadlockTimeout = TimeSpan.FromSeconds(60),
    };

    private static Payloads ToPayloads(IReadOnlyCollection<object?> values) =>
        new() { Payloads_ = { DataConverter.Default.PayloadConverter.ToPayloads(values) } };

    private long AddStarted()
    {
        var started = Add(EventType.WorkflowTaskStarted, e =>
        {
            e.WorkflowTaskStartedEventAttributes = new() { HistorySizeBytes = 100 };
            TaskStarted(e.WorkflowTaskStartedEventAttributes);
        });
        return started.EventId;
    }

    private long StartActivity(string id)
    {
        var scheduled = commandEventIds[$"activity {id}"];
        return Add(EventType.ActivityTaskStarted, e => e.ActivityTaskStartedEventAttributes = new() { ScheduledEventId = scheduled }).EventId;
    }

    private void Complete(long started)
    {
        Commands = run.Machines.OutgoingCommands().Select(c => c.Clone()).ToArray();
        Answers = run.Machines.TakeMessages();
        var metadata = run.Machines.TakeMetadata("test", "1");
        fed = (int)started;
        previousStarted = started;
        messages.Clear();
        Add(EventType.WorkflowTaskCompleted, e => e.WorkflowTaskCompletedEventAttributes = new()
        {
            StartedEventId = started,
            SdkMetadata = metadata,
            DeploymentVersion = options.Deployment?.ToProto(),
        });
        foreach (var command in Commands)
        {
            CommandEvents.Add(this, command, commandEventIds, Answers, updates);
        }
    }
}
