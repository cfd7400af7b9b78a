namespace Temporalio.Workflows;

/// <content>
/// Waiting: timers, conditions, tasks.
/// </content>
public static partial class Workflow
{
    /// <summary>The summary of a timer that only limits the wait for a condition.</summary>
    private const string ConditionTimerSummary = "WaitConditionAsync";

    /// <summary>Waits for time to pass.</summary>
    /// <param name="millisecondsDelay">Delay in milliseconds, see <see cref="DelayOptions.Delay"/>.</param>
    /// <param name="cancellationToken">Token. Null: <see cref="CancellationToken"/>.</param>
    /// <returns>Completes after the delay; cancelled with the token.</returns>
    public static Task DelayAsync(int millisecondsDelay, CancellationToken? cancellationToken = null) =>
        DelayWithOptionsAsync(new(millisecondsDelay, cancellationToken: cancellationToken));

    /// <summary>Waits for time to pass.</summary>
    /// <param name="delay">Delay, see <see cref="DelayOptions.Delay"/>.</param>
    /// <param name="cancellationToken">Token. Null: <see cref="CancellationToken"/>.</param>
    /// <returns>Completes after the delay; cancelled with the token.</returns>
    public static Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null) =>
        DelayWithOptionsAsync(new(delay, cancellationToken: cancellationToken));

    /// <summary>Waits for time to pass.</summary>
    /// <param name="options">Options.</param>
    /// <returns>Completes after the delay; cancelled with the token.</returns>
    public static Task DelayWithOptionsAsync(DelayOptions options) => Context.DelayWithOptionsAsync(options);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="conditionCheck">Condition, see <see cref="WaitConditionOptions.ConditionCheck"/>.</param>
    /// <param name="cancellationToken">Token. Null: <see cref="CancellationToken"/>.</param>
    /// <returns>Completes when the condition holds; cancelled with the token.</returns>
    public static Task WaitConditionAsync(Func<bool> conditionCheck, CancellationToken? cancellationToken = null) =>
        WaitConditionWithOptionsAsync(new(conditionCheck, cancellationToken: cancellationToken));

    /// <summary>Waits until a condition holds, but not for ever.</summary>
    /// <param name="conditionCheck">Condition, see <see cref="WaitConditionOptions.ConditionCheck"/>.</param>
    /// <param name="timeoutMilliseconds">Longest wait in milliseconds.</param>
    /// <param name="cancellationToken">Token. Null: <see cref="CancellationToken"/>.</param>
    /// <returns>True when the condition holds, false when time is up; cancelled with the token.</returns>
    public static Task<bool> WaitConditionAsync(
        Func<bool> conditionCheck, int timeoutMilliseconds, CancellationToken? cancellationToken = null) =>
        WaitConditionAsync(conditionCheck, TimeSpan.FromMilliseconds(timeoutMilliseconds), cancellationToken);

    /// <summary>Waits until a condition holds, but not for ever.</summary>
    /// <param name="conditionCheck">Condition, see <see cref="WaitConditionOptions.ConditionCheck"/>.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="cancellationToken">Token. Null: <see cref="CancellationToken"/>.</param>
    /// <returns>True when the condition holds, false when time is up; cancelled with the token.</returns>
    public static Task<bool> WaitConditionAsync(
        Func<bool> conditionCheck, TimeSpan timeout, CancellationToken? cancellationToken = null) =>
        WaitConditionWithOptionsAsync(new(conditionCheck, timeout, ConditionTimerSummary, cancellationToken));

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="options">Options.</param>
    /// <returns>True when the condition holds, false when time is up; cancelled with the token.</returns>
    public static Task<bool> WaitConditionWithOptionsAsync(WaitConditionOptions options) =>
        Context.WaitConditionWithOptionsAsync(options);

    /// <summary>Runs a function as a task of its own on the workflow's scheduler, where <c>Task.Run</c> would leave it.</summary>
    /// <param name="function">Function.</param>
    /// <param name="cancellationToken">Token that keeps it from starting. Null: <see cref="CancellationToken"/>.</param>
    /// <returns>Completes with the function's task.</returns>
    public static Task RunTaskAsync(Func<Task> function, CancellationToken? cancellationToken = null) =>
        Task.Factory.StartNew(
            function, cancellationToken ?? CancellationToken, TaskCreationOptions.None, TaskScheduler.Current).Unwrap();

    /// <summary>Runs a function as a task of its own on the workflow's scheduler, where <c>Task.Run</c> would leave it.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="function">Function.</param>
    /// <param name="cancellationToken">Token that keeps it from starting. Null: <see cref="CancellationToken"/>.</param>
    /// <returns>The result of the function's task.</returns>
    public static Task<TResult> RunTaskAsync<TResult>(
        Func<Task<TResult>> function, CancellationToken? cancellationToken = null) =>
        Task.Factory.StartNew(
            function, cancellationToken ?? CancellationToken, TaskCreationOptions.None, TaskScheduler.Current).Unwrap();

    /// <summary>Waits for the first of several tasks.</summary>
    /// <param name="tasks">Tasks.</param>
    /// <returns>The task that completed first.</returns>
    public static Task<Task> WhenAnyAsync(params Task[] tasks) => Task.WhenAny(tasks);

    /// <summary>Waits for the first of several tasks.</summary>
    /// <param name="tasks">Tasks.</param>
    /// <returns>The task that completed first.</returns>
    public static Task<Task> WhenAnyAsync(IEnumerable<Task> tasks) => Task.WhenAny(tasks);

    /// <summary>Waits for the first of several tasks.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="tasks">Tasks.</param>
    /// <returns>The task that completed first.</returns>
    public static Task<Task<TResult>> WhenAnyAsync<TResult>(params Task<TResult>[] tasks) =>
        WhenAnyAsync((IEnumerable<Task<TResult>>)tasks);

    /// <summary>Waits for the first of several tasks.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="tasks">Tasks.</param>
    /// <returns>The task that completed first.</returns>
    public static async Task<Task<TResult>> WhenAnyAsync<TResult>(IEnumerable<Task<TResult>> tasks)
    {
        // The generic Task.WhenAny adds a continuation on the default scheduler; the plain one stays on ours.
        var first = await Task.WhenAny((IEnumerable<Task>)tasks);
        return (Task<TResult>)first;
    }

    /// <summary>Waits for all of several tasks.</summary>
    /// <param name="tasks">Tasks.</param>
    /// <returns>Completes when all have.</returns>
    public static Task WhenAllAsync(params Task[] tasks) => Task.WhenAll(tasks);

    /// <summary>Waits for all of several tasks.</summary>
    /// <param name="tasks">Tasks.</param>
    /// <returns>Completes when all have.</returns>
    public static Task WhenAllAsync(IEnumerable<Task> tasks) => Task.WhenAll(tasks);

    /// <summary>Waits for all of several tasks.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="tasks">Tasks.</param>
    /// <returns>The results in order.</returns>
    public static Task<TResult[]> WhenAllAsync<TResult>(params Task<TResult>[] tasks) => Task.WhenAll(tasks);

    /// <summary>Waits for all of several tasks.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="tasks">Tasks.</param>
    /// <returns>The results in order.</returns>
    public static Task<TResult[]> WhenAllAsync<TResult>(IEnumerable<Task<TResult>> tasks) => Task.WhenAll(tasks);
}
