using System.Globalization;
using Temporalio.Api.Command.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Worker.WorkflowTasks;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>
/// Timers and activities.
/// </content>
internal sealed partial class WorkflowInstance
{
    private uint timerCounter;
    private uint activityCounter;

    private Task StartTimer(DelayAsyncInput input)
    {
        RequireWritable("wait for time to pass");
        var token = input.CancellationToken ?? CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }
        if (input.Delay < TimeSpan.Zero && input.Delay != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException("Delay duration cannot be less than 0", nameof(input));
        }
        var fired = new TaskCompletionSource();
        var sequence = input.Delay == Timeout.InfiniteTimeSpan ? 0 : RequestTimer(input, fired);
        return StartTask(async () =>
        {
            using var registration = token.Register(() =>
            {
                if (fired.TrySetCanceled(token) && timers.Remove(sequence))
                {
                    Request(new WorkflowRequest.CancelTimer(sequence));
                }
            });
            await fired.Task;
        });
    }

    private uint RequestTimer(DelayAsyncInput input, TaskCompletionSource fired)
    {
        var sequence = ++timerCounter;
        timers[sequence] = fired;
        var attributes = new StartTimerCommandAttributes
        {
            TimerId = sequence.ToString(CultureInfo.InvariantCulture),
            StartToFireTimeout = ToProto(input.Delay == TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : input.Delay),
        };
        Request(new WorkflowRequest.StartTimer(sequence, attributes, Metadata(input.Summary)));
        return sequence;
    }

    private Task<TResult> ScheduleActivity<TResult>(ScheduleActivityInput input)
    {
        RequireTimeout(input.Options.StartToCloseTimeout, input.Options.ScheduleToCloseTimeout);
        return RunActivity<TResult>(
            input.Activity,
            input.Options.CancellationToken ?? CancellationToken,
            _ => RequestActivity(input),
            sequence => new WorkflowRequest.CancelActivity(sequence));
    }

    private uint RequestActivity(ScheduleActivityInput input)
    {
        var sequence = ++activityCounter;
        var options = input.Options;
        var taskQueue = options.TaskQueue ?? Info.TaskQueue;
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = options.ActivityId ?? sequence.ToString(CultureInfo.InvariantCulture),
            ActivityType = new() { Name = input.Activity },
            TaskQueue = new() { Name = taskQueue },
            Input = ToPayloads(input.Args),
            ScheduleToCloseTimeout = ToProto(options.ScheduleToCloseTimeout),
            ScheduleToStartTimeout = ToProto(options.ScheduleToStartTimeout),
            StartToCloseTimeout = ToProto(options.StartToCloseTimeout),
            HeartbeatTimeout = ToProto(options.HeartbeatTimeout),
            RetryPolicy = options.RetryPolicy?.ToProto(),
            // Only a wish: the completion asks for it if the worker has a slot free.
            RequestEagerExecution = taskQueue == Info.TaskQueue && !options.DisableEagerActivityExecution &&
                !details.DisableEagerActivityExecution,
            Priority = options.Priority?.ToProto(),
        };
        Copy(input.Headers, header => attributes.Header = header);
        Request(new WorkflowRequest.ScheduleActivity(
            sequence, attributes, options.CancellationType, Metadata(options.Summary)));
        return sequence;
    }

    private Task<TResult> ScheduleLocalActivity<TResult>(ScheduleLocalActivityInput input)
    {
        // A local activity runs here or nowhere: the task fails until a worker that has it takes the workflow.
        details.AssertLocalActivity?.Invoke(input.Activity);
        RequireTimeout(input.Options.StartToCloseTimeout, input.Options.ScheduleToCloseTimeout);
        return RunActivity<TResult>(
            input.Activity,
            input.Options.CancellationToken ?? CancellationToken,
            backoff => RequestLocalActivity(input, backoff),
            sequence => new WorkflowRequest.CancelLocalActivity(sequence));
    }

    private uint RequestLocalActivity(ScheduleLocalActivityInput input, ActivityResolution.Backoff? backoff)
    {
        var sequence = ++activityCounter;
        var options = input.Options;
        Request(new WorkflowRequest.ScheduleLocalActivity(new LocalActivityRequest
        {
            Sequence = sequence,
            ActivityId = options.ActivityId ?? sequence.ToString(CultureInfo.InvariantCulture),
            ActivityType = input.Activity,
            Arguments = payloadConverter.ToPayloads(input.Args),
            Headers = input.Headers?.AsReadOnly(),
            ScheduleToCloseTimeout = options.ScheduleToCloseTimeout,
            ScheduleToStartTimeout = options.ScheduleToStartTimeout,
            StartToCloseTimeout = options.StartToCloseTimeout,
            RetryPolicy = options.RetryPolicy,
            CancellationType = options.CancellationType,
            LocalRetryThreshold = options.LocalRetryThreshold ?? TimeSpan.FromMinutes(1),
            Attempt = backoff?.NextAttempt ?? 1,
            OriginalScheduleTime = backoff?.OriginalScheduleTime,
            Summary = options.Summary == null ? null : payloadConverter.ToPayload(options.Summary),
            Namespace = Info.Namespace,
            TaskQueue = Info.TaskQueue,
            WorkflowId = Info.WorkflowId,
            WorkflowRunId = Info.RunId,
            WorkflowType = Info.WorkflowType,
        }));
        return sequence;
    }

    private Task<TResult> RunActivity<TResult>(
        string activity,
        CancellationToken token,
        Func<ActivityResolution.Backoff?, uint> schedule,
        Func<uint, WorkflowRequest> cancel)
    {
        if (token.IsCancellationRequested)
        {
            return Task.FromException<TResult>(new CanceledFailureException("Activity cancelled before scheduled"));
        }
        var sequence = schedule(null);
        var ended = NewActivitySource(sequence);
        return StartTask(async () =>
        {
            while (true)
            {
                var resolution = await AwaitActivityAsync(sequence, ended, token, cancel);
                switch (resolution)
                {
                    case ActivityResolution.Completed completed:
                        return ToResult<TResult>(completed, $"activity {activity}");
                    case ActivityResolution.Failed failed:
                        throw failureConverter.ToException(failed.Failure, payloadConverter);
                    case ActivityResolution.Backoff backoff:
                        // Too long a wait for the worker: the workflow waits, and asks again.
                        await DelayWithOptionsAsync(new(backoff.Delay, cancellationToken: token));
                        sequence = schedule(backoff);
                        ended = NewActivitySource(sequence);
                        break;
                }
            }
        });
    }

    private TaskCompletionSource<ActivityResolution> NewActivitySource(uint sequence)
    {
        var source = new TaskCompletionSource<ActivityResolution>();
        activities[sequence] = source;
        return source;
    }

    private async Task<ActivityResolution> AwaitActivityAsync(
        uint sequence, TaskCompletionSource<ActivityResolution> ended, CancellationToken token, Func<uint, WorkflowRequest> cancel)
    {
        using (token.Register(() =>
        {
            if (activities.TryGetValue(sequence, out var pending) && !pending.Task.IsCompleted)
            {
                Request(cancel(sequence));
            }
        }))
        {
            var resolution = await ended.Task;
            activities.Remove(sequence);
            return resolution;
        }
    }

    private TResult ToResult<TResult>(ActivityResolution.Completed completed, string what)
    {
        if (typeof(TResult) == typeof(ValueTuple))
        {
            return default!;
        }
        return completed.Result == null
            ? throw new InvalidOperationException($"No result of {what} present")
            : payloadConverter.ToValue<TResult>(completed.Result);
    }

    private static void RequireTimeout(TimeSpan? startToClose, TimeSpan? scheduleToClose)
    {
        if (startToClose == null && scheduleToClose == null)
        {
            throw new ArgumentException("Activity options must have StartToCloseTimeout or ScheduleToCloseTimeout");
        }
    }
}
