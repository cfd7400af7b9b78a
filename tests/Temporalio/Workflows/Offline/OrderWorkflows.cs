using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>How every activity of the offline workflows is called.</summary>
internal static class Call
{
    public static readonly ActivityOptions Options = new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) };

    public static Task<string> Activity(string name, ActivityOptions? options = null) =>
        Workflow.ExecuteActivityAsync<string>(name, [], options ?? Options);
}

/// <summary>Notes what happens in which order.</summary>
[Workflow]
public class OrderWorkflow
{
    private readonly List<string> log = [];
    private bool first;
    private bool second;

    [WorkflowQuery]
    public IReadOnlyList<string> Log => log;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        log.Add("main");
        _ = Workflow.RunTaskAsync(async () =>
        {
            await Workflow.WaitConditionAsync(() => first);
            log.Add("first");
            // The second condition held when the first was met, but no longer when its turn comes.
            second = false;
        });
        await Workflow.RunTaskAsync(async () =>
        {
            await Workflow.WaitConditionAsync(() => second);
            log.Add("second");
        });
        return string.Join(',', log);
    }

    [WorkflowSignal]
    public Task NoteAsync(string text)
    {
        log.Add(text);
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task BothAsync()
    {
        first = second = true;
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task SecondAsync()
    {
        second = true;
        return Task.CompletedTask;
    }
}

/// <summary>Two activities with a timer between them.</summary>
[Workflow("Steps")]
public class StepsWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var one = await Call.Activity("One");
        await Workflow.DelayAsync(TimeSpan.FromSeconds(5));
        return one + await Call.Activity("Two");
    }
}

/// <summary>The same with another activity second.</summary>
[Workflow("Steps")]
public class OtherActivityWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var one = await Call.Activity("One");
        await Workflow.DelayAsync(TimeSpan.FromSeconds(5));
        return one + await Call.Activity("Three");
    }
}

/// <summary>The same without the timer.</summary>
[Workflow("Steps")]
public class NoTimerWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync() => await Call.Activity("One") + await Call.Activity("Two");
}

/// <summary>The same with one activity more.</summary>
[Workflow("Steps")]
public class ExtraActivityWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var one = await Call.Activity("One");
        _ = Call.Activity("Extra");
        await Workflow.DelayAsync(TimeSpan.FromSeconds(5));
        return one + await Call.Activity("Two");
    }
}

/// <summary>The same, but it ends too early.</summary>
[Workflow("Steps")]
public class EarlyEndWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync() => await Call.Activity("One");
}

/// <summary>The same behind a patch that adds an activity.</summary>
[Workflow("Steps")]
public class PatchedStepsWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var one = Workflow.Patched("better") ? await Call.Activity("Better") : await Call.Activity("One");
        await Workflow.DelayAsync(TimeSpan.FromSeconds(5));
        return one + await Call.Activity("Two");
    }
}

/// <summary>The same when the old path is gone.</summary>
[Workflow("Steps")]
public class DeprecatedStepsWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        Workflow.DeprecatePatch("better");
        var one = await Call.Activity("Better");
        await Workflow.DelayAsync(TimeSpan.FromSeconds(5));
        return one + await Call.Activity("Two");
    }
}

/// <summary>The same when even the mention of the patch is gone.</summary>
[Workflow("Steps")]
public class BetterStepsWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var one = await Call.Activity("Better");
        await Workflow.DelayAsync(TimeSpan.FromSeconds(5));
        return one + await Call.Activity("Two");
    }
}

/// <summary>Cancels what it started, in the way that it is told.</summary>
[Workflow]
public class CancellingWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(ActivityCancellationType type, bool atOnce)
    {
        using var source = new CancellationTokenSource();
        var activity = Call.Activity("Slow", new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(10),
            CancellationType = type,
            CancellationToken = source.Token,
        });
        var timer = Workflow.DelayAsync(TimeSpan.FromHours(1), source.Token);
        if (!atOnce)
        {
            await Workflow.DelayAsync(TimeSpan.FromSeconds(1));
        }
        source.Cancel();
        var ended = 0;
        foreach (var task in new[] { activity, timer })
        {
            try
            {
                await task;
            }
            catch (Exception e) when (TemporalException.IsCanceledException(e))
            {
                ended++;
            }
        }
        return $"{ended} cancelled";
    }
}

/// <summary>Cleans up when it is cancelled.</summary>
[Workflow]
public class CleanupWorkflow
{
    [WorkflowRun]
    public async Task RunAsync()
    {
        try
        {
            await Workflow.DelayAsync(TimeSpan.FromHours(1));
        }
        finally
        {
            await Call.Activity("Cleanup", new()
            {
                StartToCloseTimeout = TimeSpan.FromSeconds(10),
                CancellationToken = CancellationToken.None,
            });
        }
    }
}

/// <summary>Draws random things.</summary>
[Workflow]
public class RandomWorkflow
{
    private readonly List<Guid> drawn = [];

    [WorkflowQuery]
    public IReadOnlyList<Guid> Drawn => drawn;

    [WorkflowRun]
    public async Task<DateTime> RunAsync()
    {
        while (drawn.Count < 3)
        {
            drawn.Add(Workflow.NewGuid());
            await Workflow.DelayAsync(TimeSpan.FromSeconds(1));
        }
        return Workflow.UtcNow;
    }
}

/// <summary>Ends while other work is going on in the same task.</summary>
[Workflow]
public class EndsFirstWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync()
    {
        // Queued before the end, run after it.
        _ = Workflow.RunTaskAsync(async () =>
        {
            await Workflow.RunTaskAsync(() => Task.CompletedTask);
            _ = Workflow.DelayAsync(TimeSpan.FromSeconds(1));
        });
        return Task.FromResult("done");
    }
}

/// <summary>Lets three take turns.</summary>
[Workflow]
public class MutexWorkflow
{
    private readonly List<string> turns = [];

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var mutex = new Temporalio.Workflows.Mutex();
        await Workflow.WhenAllAsync(new[] { "a", "b", "c" }.Select(name => Workflow.RunTaskAsync(async () =>
        {
            await mutex.WaitOneAsync();
            turns.Add(name);
            await Workflow.DelayAsync(TimeSpan.FromSeconds(1));
            mutex.ReleaseMutex();
        })));
        return string.Join(',', turns);
    }
}
