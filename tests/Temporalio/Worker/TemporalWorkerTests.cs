using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Worker.Tuning;

namespace Temporalio.InTree.Tests.Worker;

/// <summary>The life of a worker.</summary>
public sealed class TemporalWorkerTests
{
    private readonly ScriptedService service = new();

    [Fact]
    public void Constructor_WithNothingToRun_Refuses() =>
        Should.Throw<ArgumentException>(() => Discard(new("queue"))).Message.ShouldContain("at least one workflow, activity, or Nexus service");

    [Fact]
    public void Constructor_WithoutTaskQueue_Refuses() =>
        Should.Throw<ArgumentException>(() => Discard(new TemporalWorkerOptions().AddActivity(Work)));

    [Fact]
    public void Constructor_WithTwoActivitiesOfOneName_Refuses() =>
        Should.Throw<ArgumentException>(() => Discard(Options().AddActivity(Work))).Message.ShouldBe("Duplicate activity named Work");

    [Fact]
    public void AssertValid_OfAnActivityThatIsNotThere_SaysWhatThereIs()
    {
        var some = new global::Temporalio.Worker.ActivityTasks.ActivityRegistry([ActivityDefinition.Create(Work)]);
        var none = new global::Temporalio.Worker.ActivityTasks.ActivityRegistry([]);

        some.AssertValid("Work");
        Should.Throw<InvalidOperationException>(() => some.AssertValid("Play")).Message
            .ShouldBe("Activity Play is not registered on this worker, available activities: Work");
        Should.Throw<InvalidOperationException>(() => none.AssertValid("Play")).Message
            .ShouldBe("Activity Play is not registered on this worker, no available activities.");
    }

    [Fact]
    public void Constructor_WithTunerAndCounts_Refuses()
    {
        var options = Options();
        options.Tuner = WorkerTuner.CreateFixedSize(1, 1, 1);
        options.MaxConcurrentActivities = 1;

        Should.Throw<ArgumentException>(() => Discard(options)).Message.ShouldContain("Cannot set both Tuner");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_WithNoEagerActivitiesAtAll_Refuses(int most)
    {
        var options = Options();
        options.MaxEagerActivityReservationsPerWorkflowTask = most;

        Should.Throw<ArgumentOutOfRangeException>(() => Discard(options)).Message.ShouldContain("set DisableEagerActivityExecution to true");
    }

    [Fact]
    public void Constructor_WithUnconnectedLazyClient_Refuses()
    {
        var client = TemporalClient.CreateLazy(new("127.0.0.1:1"));

        Should.Throw<InvalidOperationException>(() => new TemporalWorker(client, Options()).Dispose()).Message.ShouldContain("lazy");
    }

    [Fact]
    public void Options_ChangedAfterConstruction_DoNotChangeTheWorker()
    {
        var options = Options();
        using var worker = New(options);

        options.AddActivity(Other);

        worker.Options.Activities.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ExecuteAsync_WhenStopped_ThrowsAndTellsTheServer()
    {
        using var worker = New(Options());
        using var stop = new CancellationTokenSource();
        var execution = worker.ExecuteAsync(stop.Token);
        await Eventually.Async(() => service.Polls > 0);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => execution);
        service.Shutdown.ShouldNotBeNull();
        service.Shutdown.TaskQueue.ShouldBe("queue");
        service.Shutdown.TaskQueueTypes.ShouldBe([TaskQueueType.Activity]);
    }

    [Fact]
    public async Task ExecuteAsync_WhenTheTaskFails_ThrowsItsException()
    {
        using var worker = New(Options());

        var error = await Should.ThrowAsync<InvalidTimeZoneException>(
            () => worker.ExecuteAsync(() => Task.FromException(new InvalidTimeZoneException("user"))));

        error.Message.ShouldBe("user");
    }

    [Fact]
    public async Task ExecuteAsync_WhenTheTaskCompletes_ReturnsItsResult()
    {
        using var worker = New(Options());

        (await worker.ExecuteAsync(() => Task.FromResult(42))).ShouldBe(42);
    }

    [Fact]
    public async Task ExecuteAsync_Twice_Refuses()
    {
        using var worker = New(Options());
        await worker.ExecuteAsync(() => Task.CompletedTask);

        await Should.ThrowAsync<InvalidOperationException>(() => worker.ExecuteAsync(() => Task.CompletedTask));
    }

    [Fact]
    public async Task ExecuteAsync_AfterDispose_Refuses()
    {
        var worker = New(Options());
        worker.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(() => worker.ExecuteAsync(() => Task.CompletedTask));
    }

    [Fact]
    public async Task Client_Replaced_GetsTheNextCalls()
    {
        var other = new ScriptedService();
        var options = Options();
        options.MaxConcurrentActivityTaskPolls = 1;
        using var worker = New(options);

        await worker.ExecuteAsync(async () =>
        {
            await Eventually.Async(() => service.Polls > 0);
            worker.Client = new ScriptedClient(other);
            service.Enqueue(ActivityTasks.New("Work"));
            await Eventually.Async(() => !other.Reports.IsEmpty && other.Polls > 0);
        });

        service.Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_WhenActivitiesCannotBeTaken_CancelsThoseThatRunAndThrows()
    {
        var running = new TaskCompletionSource<CancellationToken>();

        [Activity]
        async Task WaitAsync()
        {
            running.SetResult(ActivityExecutionContext.Current.CancellationToken);
            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);
        }

        using var worker = New(new TemporalWorkerOptions("queue").AddActivity(WaitAsync));
        using var bridge = new FailingBridge(worker.BridgeWorker);
        worker.BridgeWorker = bridge;
        service.Enqueue(ActivityTasks.New("Wait"));

        var error = await Should.ThrowAsync<InvalidTimeZoneException>(() => worker.ExecuteAsync(async () =>
        {
            await running.Task;
            bridge.Failure.SetException(new InvalidTimeZoneException("polling is over"));
            await Task.Delay(Timeout.Infinite);
        }));

        error.Message.ShouldBe("polling is over");
        service.Reports.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Shutdown_OnAServerThatEndsPolls_LetsThemEnd()
    {
        service.Namespace = new()
        {
            NamespaceInfo = new() { Capabilities = new() { WorkerPollCompleteOnShutdown = true } },
        };
        var options = Options();
        options.MaxConcurrentActivityTaskPolls = 1;
        using var worker = New(options);
        using var stop = new CancellationTokenSource();
        var execution = worker.ExecuteAsync(stop.Token);
        await Eventually.Async(() => service.Polls > 0);

        await stop.CancelAsync();
        await Eventually.Async(() => service.Shutdown != null);
        // A task that arrives between the announcement and the end of the poll is not lost.
        service.Enqueue(ActivityTasks.New("Work"));

        await Should.ThrowAsync<OperationCanceledException>(() => execution);
        service.Reports.Count.ShouldBe(1);
    }

    [Activity]
    private static string Work() => "done";

    [Activity]
    private static string Other() => "done";

    private static TemporalWorkerOptions Options() => new TemporalWorkerOptions("queue").AddActivity(Work);

    private void Discard(TemporalWorkerOptions options) => New(options).Dispose();

    private TemporalWorker New(TemporalWorkerOptions options) => new(new ScriptedClient(service), options);

    /// <summary>Takes activities until it is told to fail.</summary>
    private sealed class FailingBridge(Bridge.Worker other) : Bridge.Worker(other)
    {
        public TaskCompletionSource<Bridge.Api.ActivityTask.ActivityTask?> Failure { get; } = new();

        public override async Task<Bridge.Api.ActivityTask.ActivityTask?> PollActivityTaskAsync() =>
            await await Task.WhenAny(base.PollActivityTaskAsync(), Failure.Task);
    }
}
