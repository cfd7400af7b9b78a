using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests;

/// <summary>
/// What the official .NET SDK's own suite found different on this server: each a behaviour of our own words, asked of the real server and of ours. What
/// ours does not have is refused at once and in words: nothing hangs.
/// </summary>
/// <param name="executable">The server; null: it is not on this machine.</param>
/// <param name="hasEverything">Whether it is the real one, which has Nexus and worker deployments.</param>
public abstract class JudgedFromOutsideTests(string? executable, bool hasEverything) : IAsyncLifetime
{
    private const int SuggestAfter = 50;
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(15);

    /// <summary>One server for all tests of a column; it ends with this process.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Servers = new();

    private readonly string queue = $"outside-{Guid.NewGuid():N}";
    private ITemporalClient? client;

    private ITemporalClient Client => client!;

    public async ValueTask InitializeAsync()
    {
        if (executable is null)
            return;
        var server = Servers.GetOrAdd(executable, program => new(() => ServerProcess.StartAsync(
            program, ["--log-level", "error", "--dynamic-config-value", $"limit.historyCount.suggestContinueAsNew={SuggestAfter}"])));
        client = await TemporalClient.ConnectAsync(new(await server.Value));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Activity_PausedAndNotCaught_StaysPendingWithItsFailure()
    {
        using var worker = Worker(new TemporalWorkerOptions(queue).AddWorkflow<Waits>().AddAllActivities(new Activities()));
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("Waits");
            await Eventually(async () => (await PendingAsync(handle)).Any(a => a.State == PendingActivityState.Started));
            await Client.WorkflowService.PauseActivityAsync(new() { Namespace = "default", Execution = new() { WorkflowId = handle.Id }, Id = "1", Identity = "operator" });

            await Eventually(async () => (await PendingAsync(handle)).Single().State == PendingActivityState.Paused);

            (await PendingAsync(handle)).Single().LastFailure.Message.ShouldBe("Activity paused");
            await handle.TerminateAsync();
        });
    }

    [Fact]
    public async Task History_AsLongAsTheSettingSays_SuggestsToContinueAsNew()
    {
        using var worker = Worker(new TemporalWorkerOptions(queue).AddWorkflow<Counts>());
        var length = await worker.ExecuteAsync(async () => await (await StartAsync("Counts")).GetResultAsync<int>());
        length.ShouldBeInRange(SuggestAfter - 1, SuggestAfter + 10);
    }

    [Fact]
    public async Task Worker_WithAnotherClient_GoesOnByThatOne_AndLeavesNoChecksum()
    {
        using var worker = Worker(new TemporalWorkerOptions(queue).AddWorkflow<Answers>());
        await worker.ExecuteAsync(async () =>
        {
            await (await StartAsync("Answers")).GetResultAsync<string>();
            worker.Client = await TemporalClient.ConnectAsync(new(Client.Connection.Options.TargetHost!) { Identity = "the-other" });
            var by = "";
            for (var attempt = 0; by != "the-other" && attempt < 100; attempt++)
            {
                // Polls that were under way when the client was replaced still end with the old one.
                var handle = await StartAsync("Answers");
                await handle.GetResultAsync<string>();
                var completed = (await handle.FetchHistoryAsync()).Events.Single(e => e.EventType == EventType.WorkflowTaskCompleted).WorkflowTaskCompletedEventAttributes;
#pragma warning disable CS0612 // What histories hold.
                completed.BinaryChecksum.ShouldBeEmpty();
#pragma warning restore CS0612
                by = completed.Identity;
            }

            by.ShouldBe("the-other");
        });
    }

    [Fact]
    public async Task BuildId_OfEachWorker_StandsInTheTasksThatItAnswered()
    {
        WorkflowHandle handle;
        using (var first = Worker(Unversioned("1.0").AddWorkflow<Builds>()))
        {
            handle = await first.ExecuteAsync(async () =>
            {
                var started = await StartAsync("Builds");
                (await started.QueryAsync<string>("Build", [])).ShouldBe("1.0");
                return started;
            });
        }

        using var second = Worker(Unversioned("1.1").AddWorkflow<Builds>());
        await second.ExecuteAsync(async () =>
        {
            await handle.SignalAsync("Finish", []);
            (await handle.GetResultAsync<string>()).ShouldBe("1.1");
        });

        var builds = (await handle.FetchHistoryAsync()).Events.Where(e => e.EventType == EventType.WorkflowTaskCompleted)
#pragma warning disable CS0612 // What histories hold.
            .Select(e => e.WorkflowTaskCompletedEventAttributes.WorkerVersion.BuildId).Distinct();
#pragma warning restore CS0612
        builds.ShouldBe(["1.0", "1.1"]);
    }

    [Fact]
    public async Task Handlers_ThatAreDynamic_AreCalledInOrder()
    {
        using var worker = Worker(new TemporalWorkerOptions(queue).AddWorkflow<Dynamic>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("AnyName");
            await handle.SignalAsync("a-signal", ["one"]);
            (await handle.QueryAsync<string>("a-query", ["two"])).ShouldBe("query a-query");
            (await handle.ExecuteUpdateAsync<string>("an-update", ["three"])).ShouldBe("update an-update");
            (await handle.ExecuteUpdateAsync<string>("calls", [])).ShouldBe("run AnyName, signal a-signal, update an-update, update calls");
            await handle.SignalAsync("finish", []);
            await handle.GetResultAsync();
        });
    }

    [Fact]
    public async Task Logs_OfAnUpdate_BearTheUpdatesName()
    {
        using var logs = new ScopeLogs();
        var options = new TemporalWorkerOptions(queue) { LoggerFactory = logs }.AddWorkflow<Answers>();
        using var worker = new TemporalWorker(Client, options);
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("Answers", "wait");
            await handle.ExecuteUpdateAsync("Say", ["hello"], new WorkflowUpdateOptions { Id = "my-update" });
            await handle.SignalAsync("Finish", []);
            await handle.GetResultAsync<string>();
        });
        logs.Lines.ShouldContain(line => line.Contains("hello", StringComparison.Ordinal) && line.Contains("my-update", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StackTrace_WhereTheWorkerKeepsThem_NamesWhereItWaits()
    {
        using var worker = Worker(new TemporalWorkerOptions(queue) { WorkflowStackTrace = WorkflowStackTrace.Normal }.AddWorkflow<Answers>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("Answers", "wait");
            await Eventually(async () => (await handle.QueryAsync<string>("__stack_trace", [])).Contains("WaitHereAsync", StringComparison.Ordinal));
            await handle.TerminateAsync();
        });
    }

    [Fact]
    public async Task NexusEndpoint_IsMade_OrRefusedInWords()
    {
        Require();
        var request = new Temporalio.Api.OperatorService.V1.CreateNexusEndpointRequest
        {
            Spec = new() { Name = $"e-{Guid.NewGuid():N}", Target = new() { Worker = new() { Namespace = "default", TaskQueue = queue } } },
        };
        if (hasEverything)
        {
            (await Client.OperatorService.CreateNexusEndpointAsync(request)).Endpoint.Id.ShouldNotBeEmpty();
            return;
        }

        var refused = await Should.ThrowAsync<RpcException>(() => Client.OperatorService.CreateNexusEndpointAsync(request));
        refused.Code.ShouldBe(RpcException.StatusCode.Unimplemented);
        refused.Message.ShouldContain("CreateNexusEndpoint: this server does not have it");
    }

    [Fact]
    public async Task SignalWithStart_FromAWorkflow_IsRefusedAtOnceInWords()
    {
        using var worker = Worker(new TemporalWorkerOptions(queue).AddWorkflow<Signals>().AddWorkflow<Answers>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("Signals", queue);
            if (hasEverything)
            {
                // This version of the real server has it switched off, and then repeats the task for ever: there is nothing to wait for.
                await handle.TerminateAsync();
                return;
            }

            (await handle.GetResultAsync<string>().WaitAsync(AtOnce)).ShouldStartWith("this server has no Nexus");
        });
    }

    /// <summary>
    /// The polls of a versioned worker are taken here as anybody's: the SDK's worker waits for ever when they are refused. Its deployment can be neither
    /// shown nor made current, and whoever asks is told so.
    /// </summary>
    [Fact]
    public async Task DeploymentVersion_IsMadeCurrent_OrRefusedAtOnceInWords()
    {
        Require();
        var current = Client.WorkflowService.SetWorkerDeploymentCurrentVersionAsync(
            new() { Namespace = "default", DeploymentName = "nobodys", BuildId = "1.0", Identity = "operator" }).WaitAsync(AtOnce);

        var refused = await Should.ThrowAsync<RpcException>(() => current);

        refused.Code.ShouldBe(hasEverything ? RpcException.StatusCode.NotFound : RpcException.StatusCode.Unimplemented);
        if (!hasEverything)
            refused.Message.ShouldContain("SetWorkerDeploymentCurrentVersion: this server does not have it");
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(30); !await condition();)
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue("it did not come to it");
            await Task.Delay(50);
        }
    }

    private async Task<IReadOnlyList<Api.Workflow.V1.PendingActivityInfo>> PendingAsync(WorkflowHandle handle) =>
        (await Client.WorkflowService.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = new() { WorkflowId = handle.Id } })).PendingActivities;

    private void Require() => Assert.SkipWhen(executable is null, Oracle.Missing);

    private TemporalWorker Worker(TemporalWorkerOptions options)
    {
        Require();
        return new TemporalWorker(Client, options);
    }

    private TemporalWorkerOptions Unversioned(string build) =>
        new(queue) { DeploymentOptions = new(new("deployment", build), useWorkerVersioning: false) };

    private Task<WorkflowHandle> StartAsync(string type, params object?[] arguments) =>
        Client.StartWorkflowAsync(type, arguments, new($"outside-{Guid.NewGuid():N}", queue));

    [Workflow]
    public sealed class Waits
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.ExecuteActivityAsync(
            (Activities activities) => activities.HangAsync(),
            new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), HeartbeatTimeout = TimeSpan.FromSeconds(1), RetryPolicy = new() { MaximumAttempts = 1 } });
    }

    public sealed class Activities
    {
        [Activity]
        public async Task HangAsync()
        {
            while (true)
            {
                ActivityExecutionContext.Current.Heartbeat();
                await Task.Delay(50, ActivityExecutionContext.Current.CancellationToken);
            }
        }
    }

    [Workflow]
    public sealed class Counts
    {
        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            while (!Workflow.ContinueAsNewSuggested && Workflow.CurrentHistoryLength < 4 * SuggestAfter)
                await Workflow.DelayAsync(1);
            return Workflow.CurrentHistoryLength;
        }
    }

    [Workflow]
    public sealed class Answers
    {
        private bool finished;

        [WorkflowRun]
        public async Task<string> RunAsync(string? how = null)
        {
            if (how is not null)
                await WaitHereAsync();
            return "answer";
        }

        [WorkflowUpdate("Say")]
        public Task SayAsync(string word)
        {
            Workflow.Logger.LogInformation("Said: {Word}", word);
            return Task.CompletedTask;
        }

        [WorkflowSignal("Finish")]
        public Task FinishAsync()
        {
            finished = true;
            return Task.CompletedTask;
        }

        private Task WaitHereAsync() => Workflow.WaitConditionAsync(() => finished);
    }

    [Workflow]
    public sealed class Builds
    {
        private bool finished;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => finished);
            return Build();
        }

        [WorkflowSignal("Finish")]
        public Task FinishAsync()
        {
            finished = true;
            return Task.CompletedTask;
        }

        [WorkflowQuery("Build")]
        public string Build() => Workflow.CurrentDeploymentVersion?.BuildId ?? "none";
    }

    [Workflow(Dynamic = true)]
    public sealed class Dynamic
    {
        private readonly List<string> calls = [];
        private bool finished;

        [WorkflowRun]
        public async Task RunAsync(Temporalio.Converters.IRawValue[] arguments)
        {
            calls.Insert(0, $"run {Workflow.Info.WorkflowType}");
            await Workflow.WaitConditionAsync(() => finished);
        }

        [WorkflowSignal(Dynamic = true)]
        public Task SignalAsync(string name, Temporalio.Converters.IRawValue[] arguments)
        {
            finished = name == "finish";
            calls.Add($"signal {name}");
            return Task.CompletedTask;
        }

        [WorkflowQuery(Dynamic = true)]
        public string Query(string name, Temporalio.Converters.IRawValue[] arguments) => $"query {name}";

        [WorkflowUpdate(Dynamic = true)]
        public Task<string> UpdateAsync(string name, Temporalio.Converters.IRawValue[] arguments)
        {
            calls.Add($"update {name}");
            return Task.FromResult(name == "calls" ? string.Join(", ", calls) : $"update {name}");
        }
    }

    [Workflow]
    public sealed class Signals
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string taskQueue)
        {
            try
            {
                await Workflow.SignalWithStartWorkflowAsync("Answers", ["wait"], "Finish", [], new($"{Workflow.Info.WorkflowId}-other", taskQueue));
                return "signalled";
            }
            catch (NexusOperationFailureException refused)
            {
                return refused.InnerException?.Message ?? refused.Message;
            }
        }
    }

    /// <summary>Lines with everything that their scopes say.</summary>
    private sealed class ScopeLogs : ILoggerFactory, ILogger
    {
        private readonly AsyncLocal<string> scopes = new();

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            var outer = scopes.Value;
            scopes.Value = $"{outer} {Text(state)}";
            return new Leave(() => scopes.Value = outer!);
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {scopes.Value}");

        public void Dispose()
        {
        }

        private static string Text(object state) =>
            state is IEnumerable<KeyValuePair<string, object>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : state.ToString() ?? "";

        private sealed class Leave(Action leave) : IDisposable
        {
            public void Dispose() => leave();
        }
    }
}

/// <summary>On the real server, where it is found.</summary>
public sealed class RealServerJudgedFromOutsideTests() : JudgedFromOutsideTests(Oracle.TemporalCli, hasEverything: true);

/// <summary>On <c>temporal-dev</c>.</summary>
public sealed class DevServerJudgedFromOutsideTests() : JudgedFromOutsideTests(ServerProcess.DevServer, hasEverything: false);
