using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Loading;

/// <summary>
/// Fills a store with many runs, for measurements (<c>temporal-dev load</c>): closed ones of one workflow task each, and open ones that wait on a timer. They
/// are made by the same state machine that serves workers, so that their histories, descriptions and visibility are those of real runs.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="space">Their namespace; it must know the search attributes of <see cref="LoadedAttributes"/>.</param>
/// <param name="seed">The same seed gives the same ids, types, ends and times relative to <paramref name="now"/>.</param>
/// <param name="now">Closed runs closed in the twelve hours before.</param>
internal sealed class RunLoader(IStore store, NamespaceFacts space, int seed, DateTimeOffset now)
{
    private const int PerTransaction = 500;
    private const int InFlight = 4;
    private static readonly string[] Types = ["LoadTransfer", "LoadPurchase", "LoadReport", "LoadSweep", "LoadNotice"];
    private static readonly TimeSpan Spread = TimeSpan.FromHours(12);

    private readonly Random random = new(seed);
    private readonly SeededIds ids = new(seed);

    /// <summary>Writes runs that have ended: nine of ten completed, the others failed.</summary>
    public Task LoadClosedAsync(int count, Action<int> progress, CancellationToken cancellationToken) => LoadAsync(count, Closed, progress, cancellationToken);

    /// <summary>Writes runs that wait on a timer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timer">How long the timers run, from now on; each up to a tenth longer.</param>
    /// <param name="progress">Told how many there are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task LoadWaitingAsync(int count, TimeSpan timer, Action<int> progress, CancellationToken cancellationToken) =>
        LoadAsync(count, i => Waiting(i, timer), progress, cancellationToken);

    private async Task LoadAsync(int count, Func<int, RunWrite> make, Action<int> progress, CancellationToken cancellationToken)
    {
        var writing = new Queue<Task>();
        var watch = Stopwatch.StartNew();
        for (var done = 0; done < count;)
        {
            var size = Math.Min(PerTransaction, count - done);
            var runs = Enumerable.Range(done, size).Select(make).ToList();
            writing.Enqueue(store.CommitAsync(new StoreTransaction { Runs = runs }, cancellationToken).AsTask());
            if (writing.Count >= InFlight)
                await writing.Dequeue();
            done += size;
            if (watch.Elapsed > TimeSpan.FromSeconds(5))
            {
                progress(done);
                watch.Restart();
            }
        }

        await Task.WhenAll(writing);
        progress(count);
    }

    private RunWrite Closed(int index)
    {
        var duration = TimeSpan.FromMilliseconds(random.Next(20, 60_000));
        var started = now - duration - (random.NextDouble() * Spread);
        Command command = random.Next(10) > 0
            ? new() { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes = new() }
            : new() { CommandType = CommandType.FailWorkflowExecution, FailWorkflowExecutionCommandAttributes = new() { Failure = new Failure { Message = "loaded as failed", ApplicationFailureInfo = new() { Type = "Loaded" } } } };
        return Run($"load-closed-{index.ToString(CultureInfo.InvariantCulture)}", index, started, started + duration, command);
    }

    private RunWrite Waiting(int index, TimeSpan timer)
    {
        var after = timer + (random.NextDouble() * 0.1 * timer);
        var command = new Command
        {
            CommandType = CommandType.StartTimer,
            StartTimerCommandAttributes = new() { TimerId = "1", StartToFireTimeout = Duration.FromTimeSpan(after) },
        };
        return Run($"load-waiting-{index.ToString(CultureInfo.InvariantCulture)}", index, now, now, command);
    }

    /// <summary>A run from its start to the end of its first workflow task, as one write.</summary>
    private RunWrite Run(string workflowId, int index, DateTimeOffset started, DateTimeOffset ended, Command command)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = space.Name,
            WorkflowId = workflowId,
            WorkflowType = new WorkflowType { Name = Types[index % Types.Length] },
            TaskQueue = new TaskQueue { Name = "load", Kind = TaskQueueKind.Normal },
            RequestId = ids.NewUuid(),
            SearchAttributes = LoadedAttributes.Draw(random, started),
        };
        Frontend.StartCheck.Complete(request, WorkflowIdConflictPolicy.Fail);
        var start = Transition.Start(new StartFacts(ids.NewUuid(), request), Context(started));
        var offer = (WorkflowTaskToOffer)start.Offers.Single();
        var first = start.Finish();
        first.State.Committed();
        var end = new Transition(first.State, Context(ended));
        var task = end.StartWorkflowTask(offer, new PollerFacts("loader", "load", IsSticky: false)) ?? throw new InvalidOperationException("a fresh workflow task cannot be started");
        end.CompleteWorkflowTask(task.Task, new RespondWorkflowTaskCompletedRequest { Identity = "loader", Commands = { command } });
        return Joined(first.Write!, end.Finish().Write!);
    }

    private static RunWrite Joined(RunWrite first, RunWrite second) => second with
    {
        ExpectedVersion = 0,
        Append = [.. first.Append, .. second.Append],
        Visibility = second.Visibility ?? first.Visibility,
        Current = first.Current! with { Now = second.Current?.Now ?? first.Current.Now },
    };

    private TransitionContext Context(DateTimeOffset time) => new(time, ids, Limits.Default, space);

    /// <summary>Ids from the seed; they look like any others.</summary>
    private sealed class SeededIds(int seed) : IIds
    {
        private readonly Random random = new(seed);
        private long taskId;

        public string NewUuid()
        {
            Span<byte> bytes = stackalloc byte[16];
            random.NextBytes(bytes);
            return new Guid(bytes).ToString("D");
        }

        public long NextTaskId() => ++taskId;

        public double NextFraction() => random.NextDouble();
    }
}
