using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Records;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>
/// Base of all areas: runs a worker of its own for each test, and records what the server did: the histories of all workflows that the
/// test started, and the answers that it chose to <see cref="Observe(string, IMessage)"/>. A test that hangs fails after two minutes, by name.
/// </summary>
public abstract class Behaviour
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly ConformanceServer server;
    private readonly ExecutionRecorder recorder = new();
    private readonly Normaliser normaliser = new();
    private readonly List<Observation> observations = [];
    private readonly Lazy<ITemporalClient> client;
    private bool orderVaries;

    /// <summary>Prepares one test.</summary>
    /// <param name="server">Where it runs.</param>
    protected Behaviour(ConformanceServer server)
    {
        this.server = server;
        client = new(() => new TemporalClient(server.Client.Connection, new() { Namespace = "default", Interceptors = [recorder] }));
    }

    /// <summary>Gets a client of the server that notes what it starts.</summary>
    protected ITemporalClient Client => client.Value;

    /// <summary>Gets the server's raw service.</summary>
    protected WorkflowService Service => Client.Connection.WorkflowService;

    /// <summary>Gets a value indicating whether an SDK's worker takes the tasks, so that their number depends on who is faster.</summary>
    protected virtual bool WorkerDecidesTheTasks => true;

    /// <summary>Gets the server.</summary>
    protected ConformanceServer Server => server;

    /// <summary>An id that no other test has.</summary>
    protected static string NewId(string prefix = "conformance") => $"{prefix}-{Guid.NewGuid():N}";

    /// <summary>The behaviour's name in the records where a test method stands for several.</summary>
    internal static string CaseName(object? argument, [CallerMemberName] string name = "") => $"{name}({argument})";

    /// <summary>Options for a workflow of this test.</summary>
    protected static WorkflowOptions Options(string taskQueue) => new(NewId(), taskQueue);

    /// <summary>The events of a workflow.</summary>
    protected static async Task<IReadOnlyCollection<HistoryEvent>> EventsAsync(WorkflowHandle handle) =>
        (await handle.FetchHistoryAsync()).Events;

    /// <summary>The types of the events of a workflow.</summary>
    protected static async Task<IReadOnlyList<EventType>> EventTypesAsync(WorkflowHandle handle) =>
        [.. (await EventsAsync(handle)).Select(e => e.EventType)];

    /// <summary>Waits until an activity of a workflow is with a worker.</summary>
    protected Task ActivityStartedAsync(WorkflowHandle handle) => EventuallyAsync(
        async () => (await Service.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = new() { WorkflowId = handle.Id } }))
            .PendingActivities.Any(a => a.State == PendingActivityState.Started),
        "an activity is with a worker");

    /// <summary>Waits until a workflow's first task is done, so that what comes next falls into another, on a fast server and on a slow one.</summary>
    protected static Task FirstTaskDoneAsync(WorkflowHandle handle) =>
        EventuallyAsync(async () => (await EventTypesAsync(handle)).Contains(EventType.WorkflowTaskCompleted), "the first workflow task is done");

    /// <summary>Waits until a condition holds.</summary>
    protected static async Task EventuallyAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"still not so after {Limit.TotalSeconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    /// <summary>The refusal of a call, recorded with its message and its details.</summary>
    protected async Task<RpcException> RefusedAsync(string name, Func<Task> call)
    {
        var refusal = await Should.ThrowAsync<RpcException>(call, $"{name} is refused");
        var details = refusal.GrpcStatus.Value?.Details.Select(d => Any.GetTypeName(d.TypeUrl)) ?? [];
        Observe($"refusal of {name}", $"{refusal.Code}: {refusal.Message} [{string.Join(", ", details)}]");
        return refusal;
    }

    /// <summary>Records an answer that two servers must share.</summary>
    protected void Observe(string name, IMessage message) => Observe(name, normaliser.Message(message));

    /// <summary>Records a text that two servers must share.</summary>
    protected void Observe(string name, string text)
    {
        var normal = normaliser.Text(text);
        observations.Add(new(name, normal, normal));
    }

    /// <summary>Notes a workflow that was not started by the client's own calls, so that its history is recorded.</summary>
    protected void Track(string workflowId, string? runId = null) => recorder.Track(workflowId, runId);

    /// <summary>
    /// Says that the order of this test's events depends on who is faster, in more ways than a few runs would show: only how many there are of each
    /// type is recorded, workflow tasks aside.
    /// </summary>
    protected void OrderOfEventsVaries() => orderVaries = true;

    /// <summary>Runs a test, and records how it ended. Every behaviour runs in here.</summary>
    protected async Task RecordedAsync(Func<Task> test, [CallerMemberName] string name = "")
    {
        server.Require();
        var key = new BehaviourKey(BehaviourKey.AreaOf(GetType()), name);
        try
        {
            await test().WaitAsync(Limit);
            await ObserveHistoriesAsync();
        }
        catch (Xunit.Sdk.SkipException)
        {
            // What this machine cannot ask (no command line here) says nothing of the server.
            throw;
        }
        catch (Exception e) when (KnownGaps.Of(server.Column, key) is not null)
        {
            SuiteLedger.Add(server.Column, key, new(e.Message, []));
            return;
        }
        catch (Exception e)
        {
            SuiteLedger.Add(server.Column, key, new(e.Message, []));
            throw;
        }
        SuiteLedger.Add(server.Column, key, new(null, observations));
        KnownGaps.Of(server.Column, key).ShouldBeNull("it holds now: strike it from the known gaps");
    }

    /// <summary>Runs a test beside a worker.</summary>
    /// <param name="configure">What the worker runs.</param>
    /// <param name="test">The test; gets the worker's task queue.</param>
    /// <param name="name">The behaviour.</param>
    protected Task WithWorkerAsync(Action<TemporalWorkerOptions> configure, Func<string, Task> test, [CallerMemberName] string name = "") => RecordedAsync(
        async () =>
        {
            var taskQueue = NewId("queue");
            var options = new TemporalWorkerOptions(taskQueue);
            configure(options);
            using var worker = new TemporalWorker(Client, options);
            await worker.ExecuteAsync(() => test(taskQueue).WaitAsync(Limit));
        },
        name);

    private async Task ObserveHistoriesAsync()
    {
        foreach (var (workflow, events) in await recorder.ReadAsync(Client))
        {
            if (orderVaries)
            {
                Observe($"events of {workflow}", HistoryEssence.Counts(new History { Events = { events } }));
            }
            else
            {
                var history = new History { Events = { events } };
                var text = normaliser.Message(history);
                observations.Add(new($"history of {workflow}", text, WorkerDecidesTheTasks ? HistoryEssence.Of(history) : text));
            }
        }
    }
}
