using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker.Polling;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>Tells the server how an attempt ended, and keeps telling while the server cannot be reached.</summary>
internal sealed class ActivityReporter(WorkerEnvironment environment, ILogger logger)
{
    // An answer that is lost costs a whole timeout and a second execution, so it is worth some patience.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly RpcOptions OneTry = new() { Retry = false };

    /// <summary>Reports an outcome. Failures to do so are logged; the server's timeouts then decide.</summary>
    /// <param name="attempt">Whose outcome.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="lastHeartbeat">Details to keep for the next attempt, if it failed.</param>
    /// <returns>Task that ends when the server knows, or nothing more can be done.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Nobody waits for this but the worker's shutdown, so every failure ends in the log")]
    internal async Task ReportAsync(ActivityAttempt attempt, ActivityOutcome outcome, Payloads? lastHeartbeat)
    {
        var type = attempt.Context.Info.ActivityType;
        try
        {
            await SendPatientlyAsync(() => SendAsync(attempt, outcome, lastHeartbeat)).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            logger.LogInformation("Activity {ActivityType} was not known any more when it ended: {Reason}", type, e.Message);
        }
        catch (RpcException e) when (IsTooLarge(e) && outcome is not ActivityOutcome.Failed { Failure.ApplicationFailureInfo.Type: TooLarge })
        {
            logger.LogWarning(e, "Outcome of activity {ActivityType} is too large for the server", type);
            await ReportAsync(attempt, new ActivityOutcome.Failed(TooLargeFailure(e)), lastHeartbeat: null).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Outcome of activity {ActivityType} could not be reported", type);
        }
    }

    private const string TooLarge = "PayloadsTooLarge";

    private static bool IsTooLarge(RpcException e) =>
        (e.Code is RpcException.StatusCode.ResourceExhausted && e.Message.Contains("larger than max", StringComparison.OrdinalIgnoreCase)) ||
        (e.Code is RpcException.StatusCode.InvalidArgument && e.Message.Contains("exceeds", StringComparison.OrdinalIgnoreCase));

    private static Failure TooLargeFailure(RpcException e) => new()
    {
        Message = $"Activity outcome is too large: {e.Message}",
        Source = "DotNetSDK",
        ApplicationFailureInfo = new() { Type = TooLarge, NonRetryable = true },
    };

    private static async Task SendPatientlyAsync(Func<Task> send)
    {
        var backoff = new Backoff(FirstPause, LongestPause);
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await send().ConfigureAwait(false);
                return;
            }
            catch (RpcException e) when (
                !patience.IsCancellationRequested && !IsTooLarge(e) &&
                (e.Code == RpcException.StatusCode.DeadlineExceeded || PollFailures.Classify(e) == PollFailure.Transient))
            {
                await Task.Delay(backoff.Next(), patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task SendAsync(ActivityAttempt attempt, ActivityOutcome outcome, Payloads? lastHeartbeat) => outcome switch
    {
        ActivityOutcome.Completed completed => environment.Service.RespondActivityTaskCompletedAsync(
            new()
            {
                TaskToken = attempt.Invocation.TaskToken,
                Namespace = environment.Namespace,
                Identity = environment.Identity,
                Result = new() { Payloads_ = { completed.Result } },
                DeploymentOptions = environment.Deployment,
            },
            OneTry),
        ActivityOutcome.Failed failed => environment.Service.RespondActivityTaskFailedAsync(
            new()
            {
                TaskToken = attempt.Invocation.TaskToken,
                Namespace = environment.Namespace,
                Identity = environment.Identity,
                Failure = failed.Failure,
                LastHeartbeatDetails = lastHeartbeat,
                DeploymentOptions = environment.Deployment,
            },
            OneTry),
        ActivityOutcome.Cancelled cancelled => environment.Service.RespondActivityTaskCanceledAsync(
            new()
            {
                TaskToken = attempt.Invocation.TaskToken,
                Namespace = environment.Namespace,
                Identity = environment.Identity,
                Details = cancelled.Failure.CanceledFailureInfo?.Details,
                DeploymentOptions = environment.Deployment,
            },
            OneTry),
        _ => Task.CompletedTask,
    };
}
