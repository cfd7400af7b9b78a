using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>
/// Sends the heartbeats of one attempt: the first at once, later ones not more often than the throttle interval allows,
/// always the newest details. Answers of the server may cancel the attempt.
/// </summary>
internal sealed class ActivityHeartbeats : IDisposable
{
    private readonly WorkerEnvironment environment;
    private readonly ActivityAttempt attempt;
    private readonly TimeSpan interval;
    private readonly Action onAcknowledged;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private object?[]? unsent;
    private object?[]? last;
    private Task sending = Task.CompletedTask;
    private bool isSending;
    private bool done;

    /// <summary>Initializes a new instance of the <see cref="ActivityHeartbeats"/> class.</summary>
    /// <param name="environment">Worker.</param>
    /// <param name="attempt">Whose heartbeats.</param>
    /// <param name="onAcknowledged">Called when the server has taken one.</param>
    internal ActivityHeartbeats(WorkerEnvironment environment, ActivityAttempt attempt, Action onAcknowledged)
    {
        this.environment = environment;
        this.attempt = attempt;
        this.onAcknowledged = onAcknowledged;
        interval = ThrottleInterval(attempt.Context.Info.HeartbeatTimeout, environment.Options);
    }

    /// <inheritdoc />
    public void Dispose() => stop.Dispose();

    /// <summary>How often heartbeats are sent at most.</summary>
    /// <param name="heartbeatTimeout">Timeout of the activity.</param>
    /// <param name="options">Bounds.</param>
    /// <returns>0.8 of the timeout, or the default without one, but no more than the maximum.</returns>
    internal static TimeSpan ThrottleInterval(TimeSpan? heartbeatTimeout, TemporalWorkerOptions options)
    {
        var wanted = heartbeatTimeout is { } timeout ? timeout * 0.8 : options.DefaultHeartbeatThrottleInterval;
        return wanted < options.MaxHeartbeatThrottleInterval ? wanted : options.MaxHeartbeatThrottleInterval;
    }

    /// <summary>Takes a heartbeat of the activity.</summary>
    /// <param name="details">How far it is.</param>
    internal void Record(object?[] details)
    {
        lock (gate)
        {
            if (done)
            {
                return;
            }
            unsent = last = details;
            if (!isSending)
            {
                isSending = true;
                sending = Task.Run(SendAllAsync);
            }
        }
    }

    /// <summary>Stops sending, once the activity's code has ended, and waits for what is under way.</summary>
    /// <param name="flush">Whether to send what the throttle has held back.</param>
    /// <returns>Task that ends when nothing is under way any more.</returns>
    internal async Task FinishAsync(bool flush)
    {
        object?[]? rest;
        lock (gate)
        {
            done = true;
            (rest, unsent) = (unsent, null);
        }
        await stop.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        if (flush && rest != null)
        {
            await SendAsync(rest).ConfigureAwait(false);
        }
    }

    /// <summary>The details of the last heartbeat, sent or not, for the next attempt.</summary>
    /// <returns>Encoded details, null if there are none or they cannot be encoded.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The details are a user's objects; the attempt has ended and its outcome matters more")]
    internal async Task<Payloads?> LastDetailsAsync()
    {
        object?[]? details;
        lock (gate)
        {
            details = last;
        }
        if (details is not { Length: > 0 })
        {
            return null;
        }
        try
        {
            return await EncodeAsync(details).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            attempt.Context.Logger.LogWarning(e, "Details of the last heartbeat are lost, they cannot be converted");
            return null;
        }
    }

    private async Task SendAllAsync()
    {
        while (true)
        {
            object?[] details;
            lock (gate)
            {
                if (unsent == null || done)
                {
                    isSending = false;
                    return;
                }
                (details, unsent) = (unsent, null);
            }
            await SendAsync(details).ConfigureAwait(false);
            await Task.Delay(interval, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failed heartbeat is the activity's or the network's; both are dealt with here")]
    private async Task SendAsync(object?[] details)
    {
        RecordActivityTaskHeartbeatRequest request;
        try
        {
            request = new()
            {
                Namespace = environment.Namespace,
                Identity = environment.Identity,
                TaskToken = attempt.Invocation.TaskToken,
                Details = details.Length == 0 ? null : await EncodeAsync(details).ConfigureAwait(false),
            };
        }
        catch (Exception e)
        {
            attempt.Context.Logger.LogWarning(e, "Heartbeat details of activity {ActivityType} cannot be converted", attempt.Context.Info.ActivityType);
            attempt.FailHeartbeat(e);
            return;
        }
        try
        {
            var response = await environment.Service.RecordActivityTaskHeartbeatAsync(
                request, new() { Retry = true }).ConfigureAwait(false);
            onAcknowledged();
            Obey(response);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            attempt.Cancel(ActivityCancelReason.GoneFromServer, new() { IsGoneFromServer = true });
        }
        catch (Exception e)
        {
            attempt.Context.Logger.LogWarning(e, "Heartbeat of activity {ActivityType} was not taken", attempt.Context.Info.ActivityType);
        }
    }

    private async Task<Payloads> EncodeAsync(object?[] details)
    {
        var payloads = new Payloads();
        payloads.Payloads_.Add(await attempt.Invocation.Converter.ToPayloadsAsync(details).ConfigureAwait(false));
        return payloads;
    }

    private void Obey(RecordActivityTaskHeartbeatResponse response)
    {
        if (!response.CancelRequested && !response.ActivityPaused && !response.ActivityReset)
        {
            return;
        }
        // A pause or reset may come together with a cancellation, which then is the graver news.
        var reason = response.CancelRequested ? ActivityCancelReason.CancelRequested
            : response.ActivityPaused ? ActivityCancelReason.Paused
            : ActivityCancelReason.Reset;
        attempt.Cancel(reason, new()
        {
            IsCancelRequested = response.CancelRequested,
            IsPaused = response.ActivityPaused,
            IsReset = response.ActivityReset,
        });
    }
}
