using System.Runtime.CompilerServices;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.WorkflowRuntime;
using Temporalio.Worker.WorkflowTasks;

namespace Temporalio.Worker;

/// <summary>
/// Runs workflow code against histories of the past, to see whether it still does what they say. Needs no server.
/// </summary>
public class WorkflowReplayer
{
    private readonly WorkflowRunOptions runOptions;

    /// <summary>Initializes a new instance of the <see cref="WorkflowReplayer"/> class.</summary>
    /// <param name="options">Options.</param>
    /// <exception cref="ArgumentException">There is no workflow, or one that cannot run.</exception>
    public WorkflowReplayer(WorkflowReplayerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = (WorkflowReplayerOptions)options.Clone();
        foreach (var plugin in options.Plugins ?? [])
        {
            plugin.ConfigureReplayer(options);
        }
        if (options.Workflows.Count == 0)
        {
            throw new ArgumentException("Must have at least one workflow", nameof(options));
        }
        Options = options;
        runOptions = new()
        {
            Workflows = new(options.Workflows),
            Namespace = options.Namespace,
            TaskQueue = options.TaskQueue,
            Deployment = options.BuildId is { Length: > 0 } buildId ? new(string.Empty, buildId) : null,
            DataConverter = options.DataConverter,
            LoggerFactory = options.LoggerFactory,
            Interceptors = options.Interceptors ?? [],
            FailureExceptionTypes = options.WorkflowFailureExceptionTypes ?? [],
            DeadlockTimeout = options.DebugMode ? Timeout.InfiniteTimeSpan : WorkflowRunOptions.DefaultDeadlockTimeout,
            DetectsEscapes = !options.DisableWorkflowTracingEventListener,
        };
    }

    /// <summary>Gets the options.</summary>
    public WorkflowReplayerOptions Options { get; }

    /// <summary>Replays one history.</summary>
    /// <param name="history">History; not changed.</param>
    /// <param name="throwOnReplayFailure">Whether a workflow task that fails is thrown instead of returned.</param>
    /// <param name="cancellationToken">Token that ends the replay.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="WorkflowNondeterminismException">The workflow does not do what history says.</exception>
    /// <exception cref="InvalidWorkflowOperationException">A workflow task failed for another reason.</exception>
    public async Task<WorkflowReplayResult> ReplayWorkflowAsync(
        Common.WorkflowHistory history, bool throwOnReplayFailure = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        cancellationToken.ThrowIfCancellationRequested();
        var failure = await ReplayAsync(history).WaitAsync(cancellationToken).ConfigureAwait(false);
        return failure == null || !throwOnReplayFailure ? new(history, failure) : throw failure;
    }

    /// <summary>Replays several histories.</summary>
    /// <param name="histories">Histories; not changed.</param>
    /// <param name="throwOnReplayFailure">Whether the first workflow task that fails is thrown instead of returned.</param>
    /// <param name="cancellationToken">Token that ends the replay.</param>
    /// <returns>What came of them, in order.</returns>
    public async Task<IEnumerable<WorkflowReplayResult>> ReplayWorkflowsAsync(
        IEnumerable<Common.WorkflowHistory> histories, bool throwOnReplayFailure = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        Func<WorkflowReplayer, CancellationToken, Task<IEnumerable<WorkflowReplayResult>>> replay =
            async (_, token) => await ReplayAllAsync(histories, throwOnReplayFailure, token).ConfigureAwait(false);
        foreach (var plugin in (Options.Plugins ?? []).Reverse())
        {
            var inner = replay;
            replay = (replayer, token) => plugin.ReplayWorkflowsAsync(replayer, inner, token);
        }
        return await replay(this, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replays several histories as they come.</summary>
    /// <param name="histories">Histories; not changed.</param>
    /// <param name="throwOnReplayFailure">Whether the first workflow task that fails is thrown instead of returned.</param>
    /// <param name="cancellationToken">Token that ends the replay.</param>
    /// <returns>What came of them, in order.</returns>
    public IAsyncEnumerable<WorkflowReplayResult> ReplayWorkflowsAsync(
        IAsyncEnumerable<Common.WorkflowHistory> histories,
        bool throwOnReplayFailure = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        Func<WorkflowReplayer, IAsyncEnumerable<WorkflowReplayResult>> replay =
            _ => ReplayEachAsync(histories, throwOnReplayFailure, cancellationToken);
        foreach (var plugin in (Options.Plugins ?? []).Reverse())
        {
            var inner = replay;
            replay = replayer => plugin.ReplayWorkflowsAsync(replayer, inner, cancellationToken);
        }
        return replay(this);
    }

    private async Task<List<WorkflowReplayResult>> ReplayAllAsync(
        IEnumerable<Common.WorkflowHistory> histories, bool throwOnReplayFailure, CancellationToken cancellationToken)
    {
        var results = new List<WorkflowReplayResult>();
        foreach (var history in histories)
        {
            results.Add(await ReplayWorkflowAsync(history, throwOnReplayFailure, cancellationToken).ConfigureAwait(false));
        }
        return results;
    }

    private async IAsyncEnumerable<WorkflowReplayResult> ReplayEachAsync(
        IAsyncEnumerable<Common.WorkflowHistory> histories,
        bool throwOnReplayFailure,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var history in histories.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return await ReplayWorkflowAsync(history, throwOnReplayFailure, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Exception AsReplayFailure(Exception cause) => cause is InvalidWorkflowOperationException
        ? cause
        : new InvalidWorkflowOperationException($"Workflow task failed: {cause.Message}", cause.ToString());

    // The last workflow task that was completed: all up to it is the past, all after it is new to the workflow.
    private static long LastCompletedStart(HistoryEvent[] events)
    {
        for (var i = events.Length - 1; i > 0; i--)
        {
            if (events[i].EventType == EventType.WorkflowTaskCompleted)
            {
                return events[i].WorkflowTaskCompletedEventAttributes.StartedEventId;
            }
        }
        return 0;
    }

    private async Task<Exception?> ReplayAsync(Common.WorkflowHistory history)
    {
        // Decoding changes events in place, and a caller may replay a history more than once.
        var events = history.Events.Select(e => e.Clone()).ToArray();
        var start = events.Length > 0 ? events[0].WorkflowExecutionStartedEventAttributes : null;
        if (start == null)
        {
            throw new ArgumentException($"History of {history.Id} does not begin with the start of the workflow", nameof(history));
        }
        if (!Options.DisableWorkflowTracingEventListener)
        {
            WorkflowEscapeListener.Instance.Register();
        }
        var run = new WorkflowRun(runOptions, history.Id, start.OriginalExecutionRunId);
        try
        {
            if (run.Codec is { } codec)
            {
                await codec.DecodeAsync(events).ConfigureAwait(false);
            }
            await run.AdvanceAsync(events, LastCompletedStart(events), []).ConfigureAwait(false);
            return null;
        }
        catch (WorkflowTaskFailure e)
        {
            return AsReplayFailure(e.Failure);
        }
        catch (Exception e) when (e is InvalidWorkflowOperationException or InvalidOperationException or ApplicationFailureException)
        {
            return AsReplayFailure(e);
        }
        finally
        {
            run.Release();
            if (!Options.DisableWorkflowTracingEventListener)
            {
                WorkflowEscapeListener.Instance.Unregister();
            }
        }
    }
}
