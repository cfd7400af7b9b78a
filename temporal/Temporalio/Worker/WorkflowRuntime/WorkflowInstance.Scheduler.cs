using System.Diagnostics;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>
/// The event loop: tasks in the order in which they were queued, one at a time, on the thread of the activation.
/// </content>
internal sealed partial class WorkflowInstance
{
    private readonly LinkedList<Task> queue = new();
    private readonly LinkedList<(Func<bool> Check, TaskCompletionSource Met)> conditions = new();
    private readonly LinkedList<StackTrace> waitingAt = new();
    private int activationThread;
    private int escapesAllowed;
    private string? readOnlyPart;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [.. queue];

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (Volatile.Read(ref activationThread) != Environment.CurrentManagedThreadId)
        {
            // Something outside the run woke it, so what comes next would differ on replay. The task must not run.
            Fail(new InvalidWorkflowSchedulerException(
                "Workflow was woken from outside its scheduler, for instance by a timer, I/O or a task of the thread pool",
                Environment.StackTrace));
            return;
        }
        queue.AddLast(task);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private void RunUntilIdle(bool checkConditions)
    {
        do
        {
            while (queue.First is { } node)
            {
                queue.RemoveFirst();
                TryExecuteTask(node.Value);
                if (taskFailure != null)
                {
                    return;
                }
            }
            if (checkConditions)
            {
                MeetConditions();
            }
        }
        while (queue.Count > 0);
    }

    // One at a time: what the first one wakes may make the second one false again.
    private void MeetConditions()
    {
        var oneAtATime = activation.LanguageFlags.Contains(LanguageFlags.ModernEventLoop) || usedFlags.Contains(LanguageFlags.ModernEventLoop);
        for (var node = conditions.First; node != null;)
        {
            var next = node.Next;
            if (InContext(node.Value.Check))
            {
                conditions.Remove(node);
                node.Value.Met.TrySetResult();
                if (oneAtATime)
                {
                    return;
                }
            }
            node = next;
        }
    }

    // Conditions are called by the loop itself, not by a task of the run, and must find the run nevertheless.
    private T InContext<T>(Func<T> call)
    {
        var previous = Workflow.OverrideContext.Value;
        Workflow.OverrideContext.Value = this;
        try
        {
            return call();
        }
        finally
        {
            Workflow.OverrideContext.Value = previous;
        }
    }

    private Task StartTask(Func<Task> function)
    {
        var task = new Task<Task>(WithTrace(function));
        task.Start(this);
        return task.Unwrap();
    }

    private Task<T> StartTask<T>(Func<Task<T>> function)
    {
        var task = new Task<Task<T>>(WithTrace(function));
        task.Start(this);
        return task.Unwrap();
    }

    private Func<TTask> WithTrace<TTask>(Func<TTask> function)
        where TTask : Task
    {
        if (details.StackTrace == WorkflowStackTrace.None)
        {
            return function;
        }
        var node = waitingAt.AddLast(new StackTrace(details.StackTrace == WorkflowStackTrace.Normal));
        return () =>
        {
            var task = function();
            task.ContinueWith(
                _ => waitingAt.Remove(node),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                this);
            return task;
        };
    }

    private string DescribeWaits()
    {
        if (details.StackTrace == WorkflowStackTrace.None)
        {
            throw new InvalidOperationException("Workflow stack traces are not enabled on this worker");
        }
        return string.Join("\n\n", waitingAt.Select(DescribeWait).Where(text => text.Length > 0));
    }

    private static string DescribeWait(StackTrace trace)
    {
        static bool IsOurs(string line) =>
            line.Contains(" at Temporalio.Worker.", StringComparison.Ordinal) ||
            line.Contains(" at System.", StringComparison.Ordinal);
        var lines = trace.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd())
            .SkipWhile(IsOurs)
            .Reverse()
            .SkipWhile(IsOurs)
            .Reverse()
            .ToArray();
        return lines.Length == 0 ? string.Empty : "Task waiting at:\n" + string.Join('\n', lines);
    }
}
