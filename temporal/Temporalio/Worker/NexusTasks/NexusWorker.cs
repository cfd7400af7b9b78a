using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using NexusRpc.Handlers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Polling;
using Temporalio.Worker.Tuning;

namespace Temporalio.Worker.NexusTasks;

/// <summary>Answers Nexus calls: polls for them while slots are free, runs each handler, reports what it said.</summary>
internal sealed class NexusWorker : IDisposable
{
    private readonly WorkerEnvironment environment;
    private readonly NexusHandlers handlers;
    private readonly ISlotPool slots;
    private readonly ILogger logger;
    private readonly CancellationTokenSource shutdown = new();
    private readonly ConcurrentDictionary<NexusCall, Task> calls = new();

    /// <summary>Initializes a new instance of the <see cref="NexusWorker"/> class.</summary>
    /// <param name="environment">Worker.</param>
    /// <param name="tuner">Limits how many calls are answered at a time.</param>
    internal NexusWorker(WorkerEnvironment environment, WorkerTuner tuner)
    {
        this.environment = environment;
        logger = environment.LoggerFactory.CreateLogger<NexusWorker>();
        handlers = new(environment);
        slots = environment.Metrics.NewPool(tuner.NexusTaskSlotSupplier, SlotType.NexusOperation, logger);
    }

    /// <inheritdoc/>
    public void Dispose() => shutdown.Dispose();

    /// <summary>Polls and answers calls.</summary>
    /// <param name="stop">No poll begins after this; calls under way go on. Cancelled here when the server refuses the polls for good.</param>
    /// <param name="abort">Cancels polls under way.</param>
    /// <returns>Task that ends when polling has.</returns>
    /// <exception cref="RpcException">The server refuses the polls for good.</exception>
    internal Task PollAsync(CancellationTokenSource stop, CancellationToken abort)
    {
        var options = environment.Options;
        var pollers = new PollerPool(
            new(
                $"Nexus operations on {environment.TaskQueue}",
                options.NexusTaskPollerBehavior ?? new PollerBehavior.SimpleMaximum(options.MaxConcurrentNexusTaskPolls),
                slots,
                new(SlotType.NexusOperation, environment.TaskQueue, environment.Identity, environment.BuildId, IsSticky: false),
                null)
            {
                PollersChanged = environment.Metrics.Pollers("nexus_task"),
            },
            PollOnceAsync,
            logger);
        return pollers.RunAsync(stop, abort);
    }

    /// <summary>Cancels the calls that still run when their grace is over, and waits for all. Call it when polling has ended.</summary>
    /// <returns>Task that ends when none is left.</returns>
    internal async Task DrainAsync()
    {
        var all = Task.WhenAll(calls.Values);
        if (environment.Options.GracefulShutdownTimeout is { Ticks: > 0 } grace)
        {
            await Task.WhenAny(all, Task.Delay(grace)).ConfigureAwait(false);
        }
        foreach (var call in calls.Keys)
        {
            call.Cancel("worker shutdown");
        }
        await all.ConfigureAwait(false);
    }

    private async Task<PollResult> PollOnceAsync(SlotPermit permit, CancellationToken abort)
    {
        var task = await environment.Service.PollNexusTaskQueueAsync(
            new()
            {
                Namespace = environment.Namespace,
                TaskQueue = new() { Name = environment.TaskQueue, Kind = TaskQueueKind.Normal },
                Identity = environment.Identity,
                WorkerInstanceKey = environment.InstanceKey,
                DeploymentOptions = environment.Deployment,
            },
            new() { Retry = false, CancellationToken = abort }).ConfigureAwait(false);
        var delta = task.PollerScalingDecision?.PollRequestDeltaSuggestion;
        if (task.TaskToken.IsEmpty)
        {
            return new(GotTask: false, delta);
        }
        var call = new NexusCall(task, shutdown.Token);
        // In the list before it runs, so that a shutdown cannot miss it.
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        calls[call] = gate.Task;
        _ = Task.Run(() => RunAsync(call, permit, gate), CancellationToken.None);
        return new(GotTask: true, delta);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody waits for this but the worker's shutdown, so every failure ends in the log")]
    private async Task RunAsync(NexusCall call, SlotPermit permit, TaskCompletionSource gate)
    {
        var slot = new SlotInfo.NexusOperationSlotInfo(call.Service, call.Operation);
        try
        {
            slots.MarkUsed(new(slot, permit));
            await AnswerAsync(call).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            logger.LogDebug(e, "Nobody waits any more for {Operation} of Nexus service {Service}", call.Operation, call.Service);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Answer to {Operation} of Nexus service {Service} could not be given", call.Operation, call.Service);
        }
        finally
        {
            slots.Release(new(slot, permit));
            calls.TryRemove(call, out _);
            call.Dispose();
            gate.SetResult();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a handler throws goes to its caller")]
    private async Task AnswerAsync(NexusCall call)
    {
        RespondNexusTaskCompletedRequest completed;
        try
        {
            completed = new()
            {
                Namespace = environment.Namespace,
                Identity = environment.Identity,
                TaskToken = call.TaskToken,
                PollerGroupId = call.PollerGroupId,
                Response = await handlers.HandleAsync(call).ConfigureAwait(false),
            };
        }
        catch (Exception e)
        {
            await FailAsync(call, NexusFailures.ToHandlerException(e)).ConfigureAwait(false);
            return;
        }
        await environment.Service.RespondNexusTaskCompletedAsync(completed, new() { Retry = true }).ConfigureAwait(false);
    }

    private async Task FailAsync(NexusCall call, HandlerException error)
    {
        logger.LogWarning(error, "Handler of {Operation} of Nexus service {Service} failed", call.Operation, call.Service);
        var request = new RespondNexusTaskFailedRequest
        {
            Namespace = environment.Namespace,
            Identity = environment.Identity,
            TaskToken = call.TaskToken,
            PollerGroupId = call.PollerGroupId,
        };
#pragma warning disable CS0612 // The form that every server understands; the newer one is not advertised by older ones.
        request.Error = await NexusFailures.ToErrorAsync(error, environment.DataConverter).ConfigureAwait(false);
#pragma warning restore CS0612
        await environment.Service.RespondNexusTaskFailedAsync(request, new() { Retry = true }).ConfigureAwait(false);
    }
}
