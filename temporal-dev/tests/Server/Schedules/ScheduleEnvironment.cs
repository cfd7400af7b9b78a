using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Schedules;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Schedules;

/// <summary>A schedule service on a memory store, a clock and runs that the test holds in its hands. 2026-01-01 00:00 UTC, a Thursday.</summary>
internal sealed class ScheduleEnvironment : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly ScheduleKey Key = new(Storage.Sample.NamespaceId, "s");

    private readonly MemoryStore store = new();

    public ScheduleEnvironment()
    {
        Clock = new ManualClock(Start);
        Runs = new FakeRuns(store, Clock);
        Schedules = NewService();
    }

    public ManualClock Clock { get; }

    public FakeRuns Runs { get; }

    public ScheduleService Schedules { get; private set; }

    public ScheduleDocument Document => Schedules.Find(Key).ShouldNotBeNull();

    public static async Task<ScheduleEnvironment> OpenAsync()
    {
        var environment = new ScheduleEnvironment();
        await environment.Schedules.StartAsync(default);
        return environment;
    }

    /// <summary>An action every hour on the hour.</summary>
    public static Schedule Hourly(ScheduleOverlapPolicy policy = ScheduleOverlapPolicy.Skip) => new()
    {
        Spec = new ScheduleSpec { Interval = { new IntervalSpec { Interval = Duration.FromTimeSpan(TimeSpan.FromHours(1)) } } },
        Action = new ScheduleAction { StartWorkflow = new NewWorkflowExecutionInfo { WorkflowId = "w", WorkflowType = new WorkflowType { Name = "T" }, TaskQueue = new TaskQueue { Name = "q" } } },
        Policies = new SchedulePolicies { OverlapPolicy = policy },
        State = new Api.Schedule.V1.ScheduleState(),
    };

    public async Task CreateAsync(Schedule schedule, SchedulePatch? patch = null)
    {
        var now = Clock.Now.ToTimestamp();
        var document = new ScheduleDocument
        {
            ScheduleId = Key.ScheduleId,
            Schedule = Scheduler.WithDefaults(schedule),
            Info = new ScheduleInfo { CreateTime = now },
            LastProcessed = now,
            ConflictToken = 1,
            CreateRequestId = "r",
        };
        (await Schedules.CreateAsync(Key, document, patch is null ? null : s => s.Patch(patch, Clock.Now))).ShouldNotBeNull();
    }

    public async Task PatchAsync(SchedulePatch patch, string requestId = "")
    {
        (await Schedules.ChangeAsync(Key, requestId, (s, now) => s.Patch(patch, now), default)).ShouldBeTrue();
        await Clock.UntilQuietAsync();
    }

    /// <summary>Lets hours pass, each thing that becomes due dealt with at its time.</summary>
    public Task PassAsync(double hours) => Clock.PassAsync(Clock.Now + TimeSpan.FromHours(hours));

    /// <summary>As after a crash: a new service over the same store.</summary>
    /// <param name="hoursAway">How long there was none.</param>
    /// <param name="meanwhile">What happened in that time.</param>
    public async Task RestartAsync(double hoursAway = 0, Action? meanwhile = null)
    {
        await Schedules.DisposeAsync();
        Clock.ForgetSources();
        await PassAsync(hoursAway);
        meanwhile?.Invoke();
        Schedules = NewService();
        await Schedules.StartAsync(default);
        await Clock.UntilQuietAsync();
    }

    public async Task CloseAsync(string workflowId, WorkflowExecutionStatus status = WorkflowExecutionStatus.Completed, Payloads? result = null, Api.Failure.V1.Failure? failure = null)
    {
        Runs.Close(workflowId, status, result, failure);
        await Clock.UntilQuietAsync();
    }

    public async ValueTask DisposeAsync() => await Schedules.DisposeAsync();

    private ScheduleService NewService() => new(
        store, Clock, Runs, id => new NamespaceFacts("default", id, TimeSpan.FromDays(1), SearchAttributeRegistry.Empty), e => throw new InvalidOperationException("fatal", e), NullLogger.Instance);
}
