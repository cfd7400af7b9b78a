using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.ActivityTasks;
using Temporalio.Worker.NexusTasks;
using Temporalio.Worker.WorkflowTasks;

namespace Temporalio.Worker;

/// <summary>The life of a worker: check, poll, shut down.</summary>
internal sealed class WorkerRun : IDisposable
{
    // How long a server may take to end the polls of a worker that shuts down, before they are cancelled.
    private static readonly TimeSpan PollsEndWithin = TimeSpan.FromSeconds(5);

    private readonly WorkerEnvironment environment;
    private readonly ILogger logger;
    private readonly ActivityWorker? activityWorker;
    private readonly WorkflowWorker? workflowWorker;
    private readonly NexusWorker? nexusWorker;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource abort = new();
    private bool serverEndsPolls;

    /// <summary>Initializes a new instance of the <see cref="WorkerRun"/> class.</summary>
    /// <param name="environment">Worker.</param>
    internal WorkerRun(WorkerEnvironment environment)
    {
        this.environment = environment;
        logger = environment.LoggerFactory.CreateLogger<TemporalWorker>();
        var options = environment.Options;
        var tuner = options.EffectiveTuner();
        var registry = new ActivityRegistry(options.Activities);
        if (options.Activities.Count > 0)
        {
            activityWorker = new(environment, registry, tuner);
        }
        if (options.Workflows.Count > 0)
        {
            var eager = activityWorker == null || options.LocalActivityWorkerOnly ? null : new EagerActivityDispatcher(activityWorker);
            workflowWorker = new(environment, tuner, registry, activityWorker?.LocalActivities, eager);
        }
        if (options.NexusServices.Count > 0)
        {
            nexusWorker = new(environment, tuner);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        workflowWorker?.Dispose();
        activityWorker?.Dispose();
        nexusWorker?.Dispose();
        stop.Dispose();
        abort.Dispose();
    }

    /// <summary>Runs until the given task completes, the token is cancelled, or polling fails.</summary>
    /// <typeparam name="TResult">Result of the task.</typeparam>
    /// <param name="untilComplete">Begins the task, null for none.</param>
    /// <param name="stoppingToken">Stops the worker.</param>
    /// <returns>The result of the task.</returns>
    internal async Task<TResult> ExecuteAsync<TResult>(Func<Task<TResult>>? untilComplete, CancellationToken stoppingToken)
    {
        await ValidateAsync(stoppingToken).ConfigureAwait(false);
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["TaskQueue"] = environment.TaskQueue });
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, stop.Token);
        var stopped = Task.Delay(Timeout.Infinite, stopping.Token);
        var polls = StartPolls();
        var userTask = untilComplete?.Invoke();
        List<Task> endings = [stopped, .. polls];
        if (userTask != null)
        {
            endings.Add(userTask);
        }
        var ended = await Task.WhenAny(endings).ConfigureAwait(false);
        LogEnd(ended, userTask, stopped);
        await stopping.CancelAsync().ConfigureAwait(false);
        await ShutdownAsync(polls).ConfigureAwait(false);

        // What the caller hears: a failure of the worker before all, then the user's outcome, then that it was stopped.
        await Task.WhenAll(polls).ConfigureAwait(false);
        if (userTask is { IsCompleted: true })
        {
            return await userTask.ConfigureAwait(false);
        }
        stoppingToken.ThrowIfCancellationRequested();
        throw new InvalidOperationException("Worker stopped polling without a reason");
    }

    private List<Task> StartPolls()
    {
        var polls = new List<Task>();
        if (activityWorker != null && !environment.Options.LocalActivityWorkerOnly)
        {
            polls.Add(activityWorker.PollAsync(stop, abort.Token));
        }
        if (workflowWorker != null)
        {
            polls.Add(workflowWorker.PollAsync(stop, abort.Token));
        }
        if (nexusWorker != null)
        {
            polls.Add(nexusWorker.PollAsync(stop, abort.Token));
        }
        return polls;
    }

    private void LogEnd(Task ended, Task? userTask, Task stopped)
    {
        if (ended.Exception != null && ended != userTask)
        {
            logger.LogError(ended.Exception, "Worker failed, shutting down");
        }
        else
        {
            logger.LogInformation(
                "{Reason}, shutting down", ended == stopped ? "Worker stopped" : ended == userTask ? "User task completed" : "Polling ended");
        }
    }

    private async Task ShutdownAsync(List<Task> polls)
    {
        await stop.CancelAsync().ConfigureAwait(false);
        activityWorker?.BeginShutdown();
        if (!serverEndsPolls)
        {
            await abort.CancelAsync().ConfigureAwait(false);
        }
        var announced = AnnounceShutdownAsync();
        var allPolls = Task.WhenAll(polls);
        await Task.WhenAny(allPolls, Task.Delay(PollsEndWithin, abort.Token)).ConfigureAwait(false);
        await abort.CancelAsync().ConfigureAwait(false);
        await allPolls.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (activityWorker != null)
        {
            await activityWorker.DrainAsync().ConfigureAwait(false);
        }
        if (nexusWorker != null)
        {
            await nexusWorker.DrainAsync().ConfigureAwait(false);
        }
        await announced.ConfigureAwait(false);
    }

    private async Task ValidateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var described = await environment.Service.DescribeNamespaceAsync(
                new() { Namespace = environment.Namespace },
                new() { Retry = true, CancellationToken = cancellationToken }).ConfigureAwait(false);
            serverEndsPolls = described.NamespaceInfo?.Capabilities?.WorkerPollCompleteOnShutdown == true;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.Unimplemented)
        {
            logger.LogDebug("The server cannot describe namespaces, so {Namespace} is not checked", environment.Namespace);
        }
        catch (RpcException e)
        {
            throw new InvalidOperationException(
                $"Worker validation failed: namespace {environment.Namespace} cannot be used: {e.Code}: {e.Message}", e);
        }
    }

    /// <summary>Tells the server that this worker goes, so that it ends its polls and gives its workflows to others.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A courtesy to the server: without it, its timeouts do the same later")]
    private async Task AnnounceShutdownAsync()
    {
        var request = new ShutdownWorkerRequest
        {
            Namespace = environment.Namespace,
            Identity = environment.Identity,
            Reason = "graceful shutdown",
            WorkerInstanceKey = environment.InstanceKey,
            TaskQueue = environment.TaskQueue,
            StickyTaskQueue = workflowWorker?.StickyQueue ?? string.Empty,
        };
        if (environment.Options.Workflows.Count > 0)
        {
            request.TaskQueueTypes.Add(TaskQueueType.Workflow);
        }
        if (activityWorker != null)
        {
            request.TaskQueueTypes.Add(TaskQueueType.Activity);
        }
        if (nexusWorker != null)
        {
            request.TaskQueueTypes.Add(TaskQueueType.Nexus);
        }
        try
        {
            await environment.Service.ShutdownWorkerAsync(
                request, new() { Retry = false, Timeout = PollsEndWithin }).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            logger.LogDebug(e, "The server was not told of the shutdown");
        }
    }
}
