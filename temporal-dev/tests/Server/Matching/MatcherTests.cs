using Microsoft.Extensions.Time.Testing;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Matching;
using Temporalio.DevServer.Storage;


namespace Temporalio.DevServer.Tests.Matching;

public sealed class MatcherTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);
    private static readonly QueueKey Queue = new("ns", "q", TaskQueueType.Activity);
    private static readonly WorkerFacts Worker = new("worker");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Matcher matcher;

    public MatcherTests() => matcher = new Matcher(time);

    public void Dispose() => matcher.Dispose();

    [Fact]
    public async Task PollAsync_TaskWaits_GetsItAtOnce()
    {
        matcher.Offer(Queue, Task("a"));
        (await PollAsync()).ShouldBe("a");
        (await PollAsync(TimeSpan.Zero)).ShouldBeNull();
    }

    [Fact]
    public async Task Offer_PollerWaits_GetsIt()
    {
        var poll = PollAsync();
        matcher.Offer(Queue, Task("a"));
        (await poll).ShouldBe("a");
    }

    [Fact]
    public async Task PollAsync_Priorities_LowNumbersFirstThenInOrder()
    {
        matcher.Offer(Queue, Task("a", priority: 5));
        matcher.Offer(Queue, Task("b"));
        matcher.Offer(Queue, Task("c", priority: 1));
        matcher.Offer(Queue, Task("d", priority: 3));
        List<string?> got = [await PollAsync(), await PollAsync(), await PollAsync(), await PollAsync()];
        got.ShouldBe(["c", "b", "d", "a"]);
    }

    [Fact]
    public async Task PollAsync_NothingComes_EndsEmptyAfterItsWait()
    {
        var poll = PollAsync(TimeSpan.FromSeconds(60));
        time.Advance(TimeSpan.FromSeconds(59));
        poll.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        (await poll).ShouldBeNull();
        matcher.TryTakePoller(Queue).ShouldBeNull();
    }

    [Fact]
    public async Task PollAsync_CallerGoes_IsNoPollerAnyMore()
    {
        using var gone = new CancellationTokenSource();
        var poll = matcher.PollAsync(Queue, null, Worker, Generous, gone.Token).AsTask();
        await gone.CancelAsync();
        (await poll.WaitAsync(Generous)).ShouldBeNull();
        matcher.TryTakePoller(Queue).ShouldBeNull();
    }

    [Fact]
    public async Task PollAsync_CallerGoesWhileATaskIsHandedOver_TheTaskWaitsAgain()
    {
        using var gone = new CancellationTokenSource();
        var poll = matcher.PollAsync(Queue, null, Worker, Generous, gone.Token).AsTask();
        var poller = matcher.TryTakePoller(Queue).ShouldNotBeNull();
        await gone.CancelAsync();
        poller.Give(new QueuedTask(Task("a")));
        (await poll.WaitAsync(Generous)).ShouldBeNull();
        (await PollAsync()).ShouldBe("a");
    }

    [Fact]
    public async Task TryTakePoller_TakenForNothingAndReturned_GetsTheNextTask()
    {
        var poll = PollAsync();
        var poller = matcher.TryTakePoller(Queue).ShouldNotBeNull();
        matcher.Offer(Queue, Task("a"));
        poll.IsCompleted.ShouldBeFalse();
        matcher.Return(poller);
        (await poll).ShouldBe("a");
    }

    [Fact]
    public async Task Offer_SameTaskAgain_ReplacesTheFirst()
    {
        matcher.Offer(Queue, Task("a"));
        matcher.Offer(Queue, Task("a") with { Attempt = 2 });
        matcher.Describe(Queue).Backlog.Single().Count.ShouldBe(1);
        ((QueuedTask?)await matcher.PollAsync(Queue, null, Worker, TimeSpan.Zero, default))!.Task.Attempt.ShouldBe(2);
    }

    [Fact]
    public void TakeBack_ARunHasClosed_ItsTasksAreGone()
    {
        matcher.Offer(Queue, Task("a"));
        matcher.Offer(Queue, Task("b"));
        matcher.TakeBack(Run("a"));
        matcher.Describe(Queue).Backlog.Single().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Offer_RateLimit_HandsOutAsTimeAllows()
    {
        var limited = Worker with { TasksPerSecond = 2 };
        for (var i = 0; i < 6; i++)
            matcher.Offer(Queue, Task($"{i}"));
        var polls = Enumerable.Range(0, 6).Select(_ => matcher.PollAsync(Queue, null, limited, Generous, default).AsTask()).ToList();
        var atOnce = polls.Count(p => p.IsCompleted);
        atOnce.ShouldBeInRange(1, 2);
        for (var i = 0; i < 20 && polls.Any(p => !p.IsCompleted); i++)
            time.Advance(TimeSpan.FromMilliseconds(250));
        await System.Threading.Tasks.Task.WhenAll(polls).WaitAsync(Generous);
        time.GetUtcNow().ShouldBeGreaterThan(new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero));
    }

    [Fact]
    public async Task Ask_BeforeTasks_GoesToTheNextPoller()
    {
        matcher.Offer(Queue, Task("a"));
        using (matcher.Ask(Queue, "question"))
            (await matcher.PollAsync(Queue, null, Worker, Generous, default)).ShouldBe("question");
        using (matcher.Ask(Queue, "taken back"))
        {
            // Nobody polls meanwhile.
        }

        (await PollAsync()).ShouldBe("a");
    }

    [Fact]
    public async Task Shutdown_OfAWorker_EndsItsPollsAndItsStickyQueue()
    {
        var sticky = new QueueKey("ns", "sticky", TaskQueueType.Workflow);
        var here = Worker with { InstanceKey = "here" };
        var own = matcher.PollAsync(sticky, "q", here, Generous, default).AsTask();
        var shared = matcher.PollAsync(Queue, null, here, Generous, default).AsTask();
        var other = matcher.PollAsync(Queue, null, Worker with { InstanceKey = "there" }, Generous, default).AsTask();
        matcher.PolledWithin(sticky, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        matcher.Shutdown("ns", "sticky", "here");
        (await own).ShouldBeNull();
        (await shared).ShouldBeNull();
        other.IsCompleted.ShouldBeFalse();
        matcher.PolledWithin(sticky, TimeSpan.FromSeconds(10)).ShouldBeFalse();
    }

    [Fact]
    public async Task PolledWithin_AfterTheLastPoll_EndsInTime()
    {
        (await PollAsync(TimeSpan.Zero)).ShouldBeNull();
        matcher.PolledWithin(Queue, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(11));
        matcher.PolledWithin(Queue, TimeSpan.FromSeconds(10)).ShouldBeFalse();
        matcher.Describe(Queue).Pollers.Single().Facts.Identity.ShouldBe("worker");
    }

    [Fact]
    public async Task PollAsync_TooManyInOneNamespace_IsRefusedAndOthersAreNot()
    {
        var polls = Enumerable.Range(0, Matcher.MaxWaitingPerNamespace).Select(_ => PollAsync()).ToList();
        await Should.ThrowAsync<TooManyPollersException>(() => PollAsync());
        matcher.PollAsync(Queue with { NamespaceId = "other" }, null, Worker, Generous, default).AsTask().IsCompleted.ShouldBeFalse();
        matcher.Dispose();
        (await System.Threading.Tasks.Task.WhenAll(polls)).ShouldAllBe(p => p == null);
    }

    private static RunKey Run(string id) => new("ns", id, id);

    private static ActivityTaskToOffer Task(string id, int priority = 0) => new()
    {
        Run = Run(id),
        TaskQueue = "q",
        ScheduledEventId = 5,
        Attempt = 1,
        ActivityId = "1",
        ScheduledAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Priority = priority == 0 ? null : new Priority { PriorityKey = priority },
    };

    private async Task<string?> PollAsync(TimeSpan? wait = null) =>
        ((QueuedTask?)await matcher.PollAsync(Queue, null, Worker, wait ?? Generous, default))?.Run.WorkflowId;
}
