using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Worker.ActivityTasks;
using Temporalio.Worker.Polling;
using Temporalio.Worker.Tuning;
using Temporalio.Worker.WorkflowRuntime;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// Polls workflow tasks: those of the task queue, and those of the runs that this worker keeps, which come over a queue
/// of its own.
/// </summary>
internal sealed class WorkflowWorker : IDisposable
{
    private readonly WorkerEnvironment environment;
    private readonly WorkflowCache cache;
    private readonly WorkflowTaskHandler handler;
    private readonly ISlotPool slots;
    private readonly ILogger logger;
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Tasks under way, and one for the polling itself.
    private int underWay = 1;

    /// <summary>Initializes a new instance of the <see cref="WorkflowWorker"/> class.</summary>
    /// <param name="environment">Worker.</param>
    /// <param name="tuner">Limits how many tasks are worked off at a time.</param>
    /// <param name="activities">The worker's activities: a local one must be among them.</param>
    /// <param name="localActivities">What runs local activities, null if nothing does.</param>
    /// <param name="eager">What runs activities that come with an answer, null if nothing does.</param>
    internal WorkflowWorker(
        WorkerEnvironment environment, WorkerTuner tuner, ActivityRegistry activities, ILocalActivityRunner? localActivities, IEagerActivityDispatcher? eager)
    {
        this.environment = environment;
        logger = environment.LoggerFactory.CreateLogger<WorkflowWorker>();
        slots = environment.Metrics.NewPool(tuner.WorkflowTaskSlotSupplier, SlotType.Workflow, logger);
        cache = new(environment.Options.MaxCachedWorkflows);
        StickyQueue = environment.Options.MaxCachedWorkflows > 0
            ? $"{Environment.MachineName}-{environment.InstanceKey}"
            : null;
        handler = new(
            environment,
            RunOptions(environment, activities, localActivities),
            cache,
            new(environment, StickyQueue),
            eager,
            logger);
    }

    /// <summary>Gets the queue of this worker alone, null if it keeps no runs.</summary>
    internal string? StickyQueue { get; }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    /// <summary>Polls and works off workflow tasks.</summary>
    /// <param name="stop">No poll begins after this; tasks under way go on. Cancelled here when the server refuses the polls for good.</param>
    /// <param name="abort">Cancels polls under way.</param>
    /// <returns>Task that ends when polling has ended and no task is under way.</returns>
    /// <exception cref="Exceptions.RpcException">The server refuses the polls for good.</exception>
    internal async Task PollAsync(CancellationTokenSource stop, CancellationToken abort)
    {
        var listens = !environment.Options.DisableWorkflowTracingEventListener;
        if (listens)
        {
            WorkflowEscapeListener.Instance.Register();
        }
        var removeEager = (environment.Client.Connection as TemporalConnection)?.EagerWorkflows.Add(
            environment.Namespace, environment.TaskQueue, () => stop.IsCancellationRequested ? null : TryReserveEager());
        try
        {
            await Task.WhenAll(NewPollers().Select(p => p.RunAsync(stop, abort))).ConfigureAwait(false);
        }
        finally
        {
            removeEager?.Invoke();
            TaskEnded();
            await drained.Task.ConfigureAwait(false);
            if (listens)
            {
                WorkflowEscapeListener.Instance.Unregister();
            }
        }
    }

    private static WorkflowRunOptions RunOptions(WorkerEnvironment environment, ActivityRegistry activities, ILocalActivityRunner? localActivities)
    {
        var options = environment.Options;
        return new()
        {
            Workflows = new(options.Workflows),
            Namespace = environment.Namespace,
            TaskQueue = environment.TaskQueue,
            Deployment = environment.DeploymentVersion,
            DataConverter = environment.DataConverter,
            MetricMeter = environment.MetricMeter,
            AssertLocalActivity = activities.AssertValid,
            TaskStarting = options.TaskStartingEvent(),
            TaskCompleted = options.TaskCompletedEvent(),
            LoggerFactory = environment.LoggerFactory,
            Interceptors = environment.Interceptors,
            FailureExceptionTypes = options.WorkflowFailureExceptionTypes ?? [],
            DeadlockTimeout = options.DebugMode ? Timeout.InfiniteTimeSpan : WorkflowRunOptions.DefaultDeadlockTimeout,
            DetectsEscapes = !options.DisableWorkflowTracingEventListener,
            CanWriteFlags = (environment.Client.Connection as TemporalConnection)?.ServerCapabilities?.SdkMetadata ?? true,
            StackTrace = options.WorkflowStackTrace,
            PatchActivation = options.PatchActivationCallback,
            DisableEagerActivityExecution = options.DisableEagerActivityExecution,
            LocalActivities = localActivities,
        };
    }

    private EagerWorkflowReservation? TryReserveEager()
    {
        var context = new SlotReserveContext(
            SlotType.Workflow, environment.TaskQueue, environment.Identity, environment.BuildId, IsSticky: false);
        return slots.TryReserve(context) is { } permit
            ? new(environment.Deployment, task => StartEager(task, permit), () => slots.Release(new(null, permit)))
            : null;
    }

    private void StartEager(PollWorkflowTaskQueueResponse task, SlotPermit permit)
    {
        // A worker that has ended meanwhile leaves the task to its timeout.
        int before;
        do
        {
            before = Volatile.Read(ref underWay);
            if (before == 0)
            {
                slots.Release(new(null, permit));
                return;
            }
        }
        while (Interlocked.CompareExchange(ref underWay, before + 1, before) != before);
        _ = RunAsync(task, new SlotInfo.WorkflowSlotInfo(task.WorkflowType?.Name ?? string.Empty, IsSticky: false), permit);
    }

    private IEnumerable<PollerPool> NewPollers()
    {
        var options = environment.Options;
        var total = Math.Max(1, options.MaxConcurrentWorkflowTaskPolls);
        if (StickyQueue == null)
        {
            yield return NewPoller(options.WorkflowTaskPollerBehavior ?? new PollerBehavior.SimpleMaximum(total), sticky: false);
            yield break;
        }
        var normal = Math.Max(1, (int)(total * options.NonStickyToStickyPollRatio));
        var behavior = options.WorkflowTaskPollerBehavior;
        yield return NewPoller(behavior ?? new PollerBehavior.SimpleMaximum(normal), sticky: false);
        yield return NewPoller(behavior ?? new PollerBehavior.SimpleMaximum(Math.Max(1, total - normal)), sticky: true);
    }

    private PollerPool NewPoller(PollerBehavior behavior, bool sticky)
    {
        var request = new PollWorkflowTaskQueueRequest
        {
            Namespace = environment.Namespace,
            TaskQueue = sticky
                ? new() { Name = StickyQueue!, Kind = TaskQueueKind.Sticky, NormalName = environment.TaskQueue }
                : new() { Name = environment.TaskQueue, Kind = TaskQueueKind.Normal },
            Identity = environment.Identity,
            WorkerInstanceKey = environment.InstanceKey,
            DeploymentOptions = environment.Deployment,
        };
        var what = $"workflow tasks on {(sticky ? "the sticky queue of " : string.Empty)}{environment.TaskQueue}";
        var reserve = new SlotReserveContext(
            SlotType.Workflow, environment.TaskQueue, environment.Identity, environment.BuildId, IsSticky: sticky);
        return new(
            new(what, behavior, slots, reserve, null)
            {
                PollersChanged = environment.Metrics.Pollers(sticky ? "sticky_workflow_task" : "workflow_task"),
            },
            (permit, abort) => PollOnceAsync(request, sticky, permit, abort),
            logger);
    }

    private async Task<PollResult> PollOnceAsync(
        PollWorkflowTaskQueueRequest request, bool sticky, SlotPermit permit, CancellationToken abort)
    {
        var task = await environment.Service.PollWorkflowTaskQueueAsync(
            request, new() { Retry = false, CancellationToken = abort }).ConfigureAwait(false);
        var delta = task.PollerScalingDecision?.PollRequestDeltaSuggestion;
        environment.Metrics.Polled(workflow: true, gotTask: !task.TaskToken.IsEmpty);
        if (task.TaskToken.IsEmpty)
        {
            return new(GotTask: false, delta);
        }
        Interlocked.Increment(ref underWay);
        _ = RunAsync(task, new SlotInfo.WorkflowSlotInfo(task.WorkflowType?.Name ?? string.Empty, sticky), permit);
        return new(GotTask: true, delta);
    }

    private async Task RunAsync(PollWorkflowTaskQueueResponse task, SlotInfo slot, SlotPermit permit)
    {
        try
        {
            slots.MarkUsed(new(slot, permit));
            await handler.HandleAsync(task).ConfigureAwait(false);
        }
        finally
        {
            slots.Release(new(slot, permit));
            TaskEnded();
        }
    }

    private void TaskEnded()
    {
        if (Interlocked.Decrement(ref underWay) == 0)
        {
            drained.TrySetResult();
        }
    }
}
