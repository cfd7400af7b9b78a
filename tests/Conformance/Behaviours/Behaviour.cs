using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Worker;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>
/// Base of all areas: runs a worker of its own for each test. A test that hangs fails after a minute, by name.
/// </summary>
public abstract class Behaviour(ConformanceServer server)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Gets a client of the server.</summary>
    protected ITemporalClient Client => server.Client;

    /// <summary>Gets the server.</summary>
    protected ConformanceServer Server => server;

    /// <summary>An id that no other test has.</summary>
    protected static string NewId(string prefix = "conformance") => $"{prefix}-{Guid.NewGuid():N}";

    /// <summary>Options for a workflow of this test.</summary>
    protected static WorkflowOptions Options(string taskQueue) => new(NewId(), taskQueue);

    /// <summary>The events of a workflow.</summary>
    protected static async Task<IReadOnlyCollection<HistoryEvent>> EventsAsync(WorkflowHandle handle) =>
        (await handle.FetchHistoryAsync()).Events;

    /// <summary>The types of the events of a workflow.</summary>
    protected static async Task<IReadOnlyList<EventType>> EventTypesAsync(WorkflowHandle handle) =>
        [.. (await EventsAsync(handle)).Select(e => e.EventType)];

    /// <summary>Waits until a condition holds.</summary>
    protected static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    /// <summary>Runs a test beside a worker.</summary>
    /// <param name="configure">What the worker runs.</param>
    /// <param name="test">The test; gets the worker's task queue.</param>
    protected async Task<T> WithWorkerAsync<T>(Action<TemporalWorkerOptions> configure, Func<string, Task<T>> test)
    {
        server.Require();
        var taskQueue = NewId("queue");
        var options = new TemporalWorkerOptions(taskQueue);
        configure(options);
        using var worker = new TemporalWorker(Client, options);
        return await worker.ExecuteAsync(() => test(taskQueue).WaitAsync(Limit));
    }

    /// <summary>Runs a test beside a worker.</summary>
    /// <param name="configure">What the worker runs.</param>
    /// <param name="test">The test; gets the worker's task queue.</param>
    protected Task WithWorkerAsync(Action<TemporalWorkerOptions> configure, Func<string, Task> test) => WithWorkerAsync(
        configure,
        async taskQueue =>
        {
            await test(taskQueue);
            return true;
        });
}
