using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>
/// Runs an attempt: decodes the arguments, goes through the interceptors, calls the activity and encodes how it ended. Never
/// throws: whatever goes wrong is an outcome.
/// </summary>
internal sealed class ActivityInvoker(ActivityRegistry registry, IReadOnlyList<IWorkerInterceptor> interceptors)
{
    /// <summary>Runs an attempt.</summary>
    /// <param name="attempt">What, and its cancellation.</param>
    /// <param name="heartbeat">Takes the heartbeats.</param>
    /// <returns>How it ended.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever an activity throws is its outcome")]
    internal async Task<ActivityOutcome> RunAsync(ActivityAttempt attempt, Action<object?[]> heartbeat)
    {
        var invocation = attempt.Invocation;
        ActivityExecutionContext.AsyncLocalCurrent.Value = attempt.Context;
        try
        {
            var result = await CallAsync(attempt, heartbeat).ConfigureAwait(false);
            // An activity without a result answers null.
            var value = result is ValueTuple ? null : result;
            return new ActivityOutcome.Completed(await invocation.Converter.ToPayloadAsync(value).ConfigureAwait(false));
        }
        catch (CompleteAsyncException) when (!invocation.Info.IsLocal)
        {
            return new ActivityOutcome.CompletedElsewhere();
        }
        catch (Exception e)
        {
            return await OutcomeOfAsync(e, attempt).ConfigureAwait(false);
        }
        finally
        {
            attempt.MarkDone();
            ActivityExecutionContext.AsyncLocalCurrent.Value = null;
        }
    }

    private static async Task<object?[]> DecodeArgumentsAsync(ActivityDefinition definition, ActivityInvocation invocation)
    {
        var input = invocation.Input;
        if (definition.Dynamic)
        {
            var raw = new IRawValue[input.Count];
            for (var i = 0; i < raw.Length; i++)
            {
                raw[i] = await invocation.Converter.ToValueAsync<IRawValue>(input[i]).ConfigureAwait(false);
            }
            return [raw];
        }
        if (input.Count < definition.RequiredParameterCount)
        {
            throw new ApplicationFailureException(
                $"Activity {invocation.Info.ActivityType} given {input.Count} parameter(s), " +
                "but more than that are required by the signature");
        }
        // More arguments than parameters are dropped, so that a caller may be ahead of the worker.
        var arguments = new object?[Math.Min(input.Count, definition.ParameterTypes.Count)];
        var index = 0;
        foreach (var type in definition.ParameterTypes.Take(arguments.Length))
        {
            arguments[index] = await invocation.Converter.ToValueAsync(input[index], type).ConfigureAwait(false);
            index++;
        }
        return arguments;
    }

    private static async Task<IReadOnlyDictionary<string, Payload>?> DecodeHeadersAsync(ActivityInvocation invocation)
    {
        if (invocation.Converter.PayloadCodec is not { } codec || invocation.Headers is not { Count: > 0 } encoded)
        {
            return invocation.Headers;
        }
        var decoded = new Dictionary<string, Payload>(encoded.Count);
        foreach (var (name, payload) in encoded)
        {
            decoded[name] = await codec.DecodeSingleAsync(payload).ConfigureAwait(false);
        }
        return decoded;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failure that cannot be encoded is itself reported as the failure")]
    private static async Task<Failure> EncodeAsync(Exception exception, DataConverter converter)
    {
        try
        {
            return await converter.ToFailureAsync(exception).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return new()
            {
                Message = $"Failed building completion: {e.Message}",
                Source = "DotNetSDK",
                ApplicationFailureInfo = new() { Type = e.GetType().Name },
            };
        }
    }

    private static async Task<ActivityOutcome> OutcomeOfAsync(Exception exception, ActivityAttempt attempt)
    {
        var converter = attempt.Invocation.Converter;
        if (exception is OperationCanceledException && attempt.CancelledFromOutside)
        {
            return await OutcomeOfCancellationAsync(exception, attempt).ConfigureAwait(false);
        }
        if (exception is OperationCanceledException && attempt.HeartbeatFailure is { } heartbeatFailure)
        {
            return new ActivityOutcome.Failed(await EncodeAsync(heartbeatFailure, converter).ConfigureAwait(false));
        }
        var isBenign = exception is ApplicationFailureException { Category: ApplicationErrorCategory.Benign };
        attempt.Context.Logger.Log(
            isBenign ? LogLevel.Debug : LogLevel.Warning,
            exception,
            "Completing activity {ActivityType} as failed",
            attempt.Context.Info.ActivityType);
        return new ActivityOutcome.Failed(await EncodeAsync(exception, converter).ConfigureAwait(false));
    }

    private static async Task<ActivityOutcome> OutcomeOfCancellationAsync(Exception exception, ActivityAttempt attempt)
    {
        var converter = attempt.Invocation.Converter;
        attempt.Context.Logger.LogDebug(
            "Activity {ActivityType} obeyed its cancellation, reason {Reason}", attempt.Context.Info.ActivityType, attempt.CancelReason);
        // A paused, reset or shut down attempt has to be tried again some time, which only a failure brings about.
        var failure = attempt.CancelReason switch
        {
            ActivityCancelReason.Paused => new ApplicationFailureException("Activity paused", exception, "ActivityPause"),
            ActivityCancelReason.Reset => new ApplicationFailureException("Activity reset", exception, "ActivityReset"),
            ActivityCancelReason.WorkerShutdown => new ApplicationFailureException(
                "Worker is shutting down and this activity did not complete in time", errorType: "WorkerShutdown"),
            _ => null,
        };
        return failure != null
            ? new ActivityOutcome.Failed(await EncodeAsync(failure, converter).ConfigureAwait(false))
            : new ActivityOutcome.Cancelled(
                await EncodeAsync(new CanceledFailureException("Cancelled"), converter).ConfigureAwait(false));
    }

    private async Task<object?> CallAsync(ActivityAttempt attempt, Action<object?[]> heartbeat)
    {
        var invocation = attempt.Invocation;
        var type = invocation.Info.ActivityType;
        var definition = registry.Find(type) ??
            throw new ApplicationFailureException(registry.NotRegistered(type), errorType: "NotFoundError");
        object?[] arguments;
        try
        {
            arguments = await DecodeArgumentsAsync(definition, invocation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw new ApplicationFailureException("Failed decoding parameters", e);
        }
        var headers = await DecodeHeadersAsync(invocation).ConfigureAwait(false);
        ActivityInboundInterceptor inbound = new ActivityCall();
        for (var i = interceptors.Count - 1; i >= 0; i--)
        {
            inbound = interceptors[i].InterceptActivity(inbound);
        }
        inbound.Init(new HeartbeatCall(heartbeat));
        return await inbound.ExecuteActivityAsync(new(definition, arguments, headers)).ConfigureAwait(false);
    }

    /// <summary>The end of the inbound chain: the activity itself.</summary>
    private sealed class ActivityCall : ActivityInboundInterceptor
    {
        public override void Init(ActivityOutboundInterceptor outbound) =>
            ActivityExecutionContext.Current.Heartbeater = details => outbound.Heartbeat(new(details));

        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) =>
            input.Activity.InvokeAsync(input.Args);
    }

    /// <summary>The end of the outbound chain: what takes heartbeats.</summary>
    private sealed class HeartbeatCall(Action<object?[]> heartbeat) : ActivityOutboundInterceptor
    {
        public override void Heartbeat(HeartbeatInput input) => heartbeat(input.Details);
    }
}
