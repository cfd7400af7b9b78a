using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>
/// Nexus operations.
/// </content>
internal sealed partial class WorkflowInstance
{
    private readonly Dictionary<uint, TaskCompletionSource<ActivationJob.ResolveNexusStart>> nexusStarts = [];
    private readonly Dictionary<uint, TaskCompletionSource<ActivityResolution>> nexusEnds = [];
    private uint nexusCounter;

    /// <inheritdoc/>
    public Task<NexusOperationHandle<TResult>> StartNexusOperationAsync<TResult>(StartNexusOperationInput input) =>
        outbound.StartNexusOperationAsync<TResult>(input);

    private Task<NexusOperationHandle<TResult>> StartNexusOperation<TResult>(StartNexusOperationInput input)
    {
        var token = input.Options.CancellationToken ?? CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException<NexusOperationHandle<TResult>>(
                new CanceledFailureException("Nexus operation cancelled before scheduled"));
        }
        RequireWritable("start a Nexus operation");
        var sequence = RequestNexus(input);
        var start = new TaskCompletionSource<ActivationJob.ResolveNexusStart>();
        nexusStarts[sequence] = start;
        var handle = new TaskCompletionSource<NexusOperationHandle<TResult>>();
        _ = StartTask(async () =>
        {
            using var registration = token.Register(() =>
            {
                if (nexusStarts.ContainsKey(sequence) || nexusEnds.ContainsKey(sequence))
                {
                    Request(new WorkflowRequest.CancelNexusOperation(sequence));
                }
            });
            await FollowNexusAsync(sequence, start.Task, handle);
        });
        return handle.Task;
    }

    private uint RequestNexus(StartNexusOperationInput input)
    {
        var sequence = ++nexusCounter;
        var request = new WorkflowRequest.ScheduleNexusOperation(
            sequence,
            new()
            {
                Endpoint = input.ClientOptions.Endpoint,
                Service = input.Service,
                Operation = input.OperationName,
                // What goes to another service is not in this workflow's context.
                Input = details.PlainConverter.PayloadConverter.ToPayload(input.Arg),
                ScheduleToCloseTimeout = ToProto(input.Options.ScheduleToCloseTimeout),
                ScheduleToStartTimeout = ToProto(input.Options.ScheduleToStartTimeout),
                StartToCloseTimeout = ToProto(input.Options.StartToCloseTimeout),
            },
            input.Options.CancellationType,
            Metadata(input.Options.Summary));
        request.Attributes.NexusHeader.Add(input.Headers ?? new Dictionary<string, string>());
        Request(request);
        return sequence;
    }

    private async Task FollowNexusAsync<TResult>(
        uint sequence,
        Task<ActivationJob.ResolveNexusStart> starting,
        TaskCompletionSource<NexusOperationHandle<TResult>> handle)
    {
        var started = await starting;
        nexusStarts.Remove(sequence);
        if (started.Failure is { } failure)
        {
            handle.SetException(NexusException(failure));
            return;
        }
        var end = NexusEnd(sequence);
        handle.SetResult(new NexusHandle<TResult>(this, started.OperationToken, end.Task));
        // The registration for cancellation lives as long as this.
        await end.Task;
        nexusEnds.Remove(sequence);
    }

    // An operation can start and end within one activation.
    private TaskCompletionSource<ActivityResolution> NexusEnd(uint sequence)
    {
        if (!nexusEnds.TryGetValue(sequence, out var source))
        {
            source = new();
            nexusEnds[sequence] = source;
        }
        return source;
    }

    private Exception NexusException(Api.Failure.V1.Failure failure) =>
        details.PlainConverter.FailureConverter.ToException(failure.Clone(), details.PlainConverter.PayloadConverter);

    /// <summary>
    /// A Nexus operation that has started.
    /// </summary>
    private sealed class NexusHandle<TResult>(WorkflowInstance run, string? token, Task<ActivityResolution> ending)
        : NexusOperationHandle<TResult>
    {
        /// <inheritdoc/>
        public override string? OperationToken => token;

        /// <inheritdoc/>
        public override async Task<TLocalResult> GetResultAsync<TLocalResult>() => await ending switch
        {
            ActivityResolution.Completed when typeof(TLocalResult) == typeof(ValueTuple) => default!,
            ActivityResolution.Completed { Result: { } result } =>
                run.details.PlainConverter.PayloadConverter.ToValue<TLocalResult>(result),
            ActivityResolution.Completed => throw new InvalidOperationException("No result of the Nexus operation present"),
            ActivityResolution.Failed failed => throw run.NexusException(failed.Failure),
            var other => throw new InvalidOperationException($"Unknown end of a Nexus operation: {other}"),
        };
    }
}
