using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Workflows.Live;

/// <summary>Activities that the workflows of these tests call.</summary>
public sealed class Steps
{
    private int flaky;

    [Activity]
    public static string Greet(string name) => $"Hello, {name}!";

    [Activity]
    public static Task<int> AddAsync(int a, int b) => Task.FromResult(a + b);

    [Activity]
    public static void Reject(string reason) => throw new ApplicationFailureException(reason, "Rejected", nonRetryable: true);

    [Activity]
    public string FailOnce() => Interlocked.Increment(ref flaky) == 1
        ? throw new ApplicationFailureException("first attempt", "Flaky")
        : "second attempt";

    [Activity]
    public static async Task WaitForCancelAsync()
    {
        var context = ActivityExecutionContext.Current;
        while (true)
        {
            context.Heartbeat();
            await Task.Delay(100, context.CancellationToken);
        }
    }
}

/// <summary>Two activities one after the other.</summary>
[Workflow]
public class SequenceWorkflow
{
    public static readonly ActivityOptions Options = new() { StartToCloseTimeout = TimeSpan.FromSeconds(20), Summary = "a step" };

    [WorkflowRun]
    public async Task<string> RunAsync(string name)
    {
        var greeting = await Workflow.ExecuteActivityAsync(() => Steps.Greet(name), Options);
        var sum = await Workflow.ExecuteActivityAsync(() => Steps.AddAsync(2, 3), Options);
        return $"{greeting} {sum}";
    }
}

/// <summary>Waits for signals, a timer, and answers queries and updates.</summary>
[Workflow]
public class MessagesWorkflow
{
    private readonly List<string> seen = [];
    private bool closed;

    [WorkflowQuery]
    public IReadOnlyList<string> Seen => seen;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        Workflow.CurrentDetails = "waits for messages";
        await Workflow.WaitConditionAsync(() => closed);
        await Workflow.DelayWithOptionsAsync(new(TimeSpan.FromMilliseconds(20), summary: "a short rest"));
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return string.Join(',', seen);
    }

    [WorkflowSignal]
    public Task AddAsync(string item)
    {
        seen.Add(item);
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task CloseAsync()
    {
        closed = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdateValidator(nameof(AppendAsync))]
    public void ValidateAppend(string item)
    {
        if (item.Length == 0)
        {
            throw new ApplicationFailureException("Nothing to append", "Empty");
        }
    }

    [WorkflowUpdate]
    public async Task<int> AppendAsync(string item)
    {
        await Workflow.DelayAsync(10);
        seen.Add(item);
        return seen.Count;
    }

    [WorkflowUpdate]
    public Task<int> FailAsync() => throw new ApplicationFailureException("Cannot", "Unable");
}

/// <summary>Races, cancels, and ends in several ways, named by the argument.</summary>
[Workflow]
public class WaysWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string way) => way switch
    {
        "timeout" => TimeoutAsync(),
        "met" => MetAsync(),
        "cancel-activity" => CancelActivityAsync(),
        "fail-activity" => FailActivityAsync(),
        "retry-activity" => Workflow.ExecuteActivityAsync((Steps s) => s.FailOnce(), new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(20),
            RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(1) },
        }),
        "parallel" => ParallelAsync(),
        "local" => LocalAsync(),
        "patched" => PatchedAsync(),
        "child" => ChildAsync(),
        "continue" => throw Workflow.CreateContinueAsNewException((WaysWorkflow w) => w.RunAsync("met")),
        "fail" => throw new ApplicationFailureException("on purpose", "Deliberate"),
        "wait" => WaitForeverAsync(),
        "memo" => MemoAsync(),
        _ => throw new ApplicationFailureException($"unknown way {way}"),
    };

    private static async Task<string> TimeoutAsync() =>
        await Workflow.WaitConditionAsync(() => false, TimeSpan.FromMilliseconds(50)) ? "met" : "timed out";

    private static async Task<string> MetAsync()
    {
        var done = false;
        _ = Workflow.RunTaskAsync(async () =>
        {
            await Workflow.DelayAsync(10);
            done = true;
        });
        return await Workflow.WaitConditionAsync(() => done, TimeSpan.FromMinutes(1)) ? "met" : "timed out";
    }

    private static async Task<string> CancelActivityAsync()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        var waiting = Workflow.ExecuteActivityAsync(() => Steps.WaitForCancelAsync(), new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(60),
            HeartbeatTimeout = TimeSpan.FromSeconds(1),
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            CancellationToken = cancellation.Token,
        });
        await Workflow.DelayAsync(100);
        cancellation.Cancel();
        try
        {
            await waiting;
            return "completed";
        }
        catch (ActivityFailureException e) when (TemporalException.IsCanceledException(e))
        {
            return "cancelled";
        }
    }

    private static async Task<string> FailActivityAsync()
    {
        try
        {
            await Workflow.ExecuteActivityAsync(() => Steps.Reject("no cover"), SequenceWorkflow.Options);
            return "completed";
        }
        catch (ActivityFailureException e) when (e.InnerException is ApplicationFailureException { ErrorType: "Rejected" } inner)
        {
            return inner.Message;
        }
    }

    private static async Task<string> ParallelAsync()
    {
        var sums = await Workflow.WhenAllAsync(Enumerable.Range(0, 5).Select(
            i => Workflow.ExecuteActivityAsync(() => Steps.AddAsync(i, i), SequenceWorkflow.Options)));
        return string.Join(',', sums);
    }

    private static async Task<string> LocalAsync()
    {
        var options = new LocalActivityOptions { StartToCloseTimeout = TimeSpan.FromSeconds(10) };
        var greeting = await Workflow.ExecuteLocalActivityAsync(() => Steps.Greet("local"), options);
        var sum = await Workflow.ExecuteLocalActivityAsync(() => Steps.AddAsync(20, 3), options);
        try
        {
            await Workflow.ExecuteLocalActivityAsync(() => Steps.Reject("locally"), options);
        }
        catch (ActivityFailureException e)
        {
            return $"{greeting} {sum} {e.InnerException!.Message}";
        }
        return "not rejected";
    }

    private static async Task<string> PatchedAsync()
    {
        var taken = Workflow.Patched("new-path");
        await Workflow.DelayAsync(10);
        return taken ? "new" : "old";
    }

    private static async Task<string> ChildAsync()
    {
        var child = await Workflow.StartChildWorkflowAsync((WaysWorkflow w) => w.RunAsync("met"));
        var result = await child.GetResultAsync();
        try
        {
            await Workflow.ExecuteChildWorkflowAsync((WaysWorkflow w) => w.RunAsync("fail"));
            return "completed";
        }
        catch (ChildWorkflowFailureException e)
        {
            return $"{result} {e.InnerException!.Message}";
        }
    }

    private static async Task<string> MemoAsync()
    {
        Workflow.UpsertMemo(MemoUpdate.ValueSet("note", "hello"));
        Workflow.UpsertTypedSearchAttributes(SearchAttributeKey.CreateKeyword("TestKeyword").ValueSet("seen"));
        await Workflow.DelayAsync(10);
        return Workflow.TypedSearchAttributes.Get(SearchAttributeKey.CreateKeyword("TestKeyword"));
    }

    private static async Task<string> WaitForeverAsync()
    {
        await Workflow.WaitConditionAsync(() => false);
        return "never";
    }
}
