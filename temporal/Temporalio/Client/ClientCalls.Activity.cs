using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <inheritdoc />
    public override async Task<ActivityHandle<TResult>> StartActivityAsync<TResult>(StartActivityInput input)
    {
        var request = await CreateStartRequestAsync(input).ConfigureAwait(false);
        try
        {
            var started = await Service.StartActivityExecutionAsync(request, Retrying(input.Options.Rpc)).ConfigureAwait(false);
            return new(client, request.ActivityId, started.RunId);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.AlreadyExists)
        {
            var runId = e.GrpcStatus.Value is { Details: [var detail] } && detail.TryUnpack(out ActivityExecutionAlreadyStartedFailure failure)
                ? failure.RunId
                : null;
            throw new ActivityAlreadyStartedException(e.Message, request.ActivityId, input.Activity, runId);
        }
    }

    /// <inheritdoc />
    public override async Task<ActivityExecutionDescription> DescribeActivityAsync(DescribeActivityInput input)
    {
        var response = await Service.DescribeActivityExecutionAsync(
            new()
            {
                Namespace = Options.Namespace,
                ActivityId = input.Id,
                RunId = input.RunId ?? string.Empty,
                IncludeInput = input.Options?.IncludeInput ?? false,
                IncludeOutcome = input.Options?.IncludeOutcome ?? false,
                IncludeHeartbeatDetails = input.Options?.IncludeHeartbeatDetails ?? false,
                IncludeLastFailure = input.Options?.IncludeLastFailure ?? false,
            },
            Retrying(input.Options?.Rpc)).ConfigureAwait(false);
        var info = response.Info;
        return new(response, Options.Namespace, ConverterForActivity(info.ActivityType?.Name ?? string.Empty, info.TaskQueue));
    }

    /// <inheritdoc />
    public override Task CancelActivityAsync(CancelActivityInput input) => Service.RequestCancelActivityExecutionAsync(
        new()
        {
            Namespace = Options.Namespace,
            ActivityId = input.Id,
            RunId = input.RunId ?? string.Empty,
            Identity = Identity,
            RequestId = NewRequestId(),
            Reason = input.Options?.Reason ?? string.Empty,
        },
        Retrying(input.Options?.Rpc));

    /// <inheritdoc />
    public override Task TerminateActivityAsync(TerminateActivityInput input) => Service.TerminateActivityExecutionAsync(
        new()
        {
            Namespace = Options.Namespace,
            ActivityId = input.Id,
            RunId = input.RunId ?? string.Empty,
            Identity = Identity,
            RequestId = NewRequestId(),
            Reason = input.Options?.Reason ?? string.Empty,
        },
        Retrying(input.Options?.Rpc));

    /// <inheritdoc />
    public override IAsyncEnumerable<ActivityExecution> ListActivitiesAsync(ListActivitiesInput input) => EnumeratePages<ActivityExecution>(
        input.Options?.Limit ?? 0,
        input.Options?.Rpc,
        async (token, rpc) =>
        {
            var page = await client.ListActivitiesPaginatedAsync(input.Query, token, new() { Rpc = rpc }).ConfigureAwait(false);
            return (page.Activities, page.NextPageToken);
        });

    /// <inheritdoc />
    public override async Task<ActivityListPage> ListActivitiesPaginatedAsync(ListActivitiesPaginatedInput input)
    {
        var response = await Service.ListActivityExecutionsAsync(
            new()
            {
                Namespace = Options.Namespace,
                PageSize = input.Options?.PageSize ?? 0,
                Query = input.Query,
                NextPageToken = ToByteString(input.NextPageToken),
            },
            Retrying(input.Options?.Rpc)).ConfigureAwait(false);
        return new(
            [.. response.Executions.Select(e => new ActivityExecution(e, Options.Namespace))],
            response.NextPageToken.IsEmpty ? null : response.NextPageToken.ToByteArray());
    }

    /// <inheritdoc />
    public override async Task<ActivityExecutionCount> CountActivitiesAsync(CountActivitiesInput input) =>
        new(await Service.CountActivityExecutionsAsync(
            new() { Namespace = Options.Namespace, Query = input.Query },
            Retrying(input.Options?.Rpc)).ConfigureAwait(false));

    private DataConverter ConverterForActivity(string activityType, string taskQueue) => Options.DataConverter.WithSerializationContext(
        new ISerializationContext.Activity(Options.Namespace, string.Empty, string.Empty, activityType, taskQueue, IsLocal: false));

    private async Task<StartActivityExecutionRequest> CreateStartRequestAsync(StartActivityInput input)
    {
        var options = input.Options;
        var id = options.Id ?? throw new ArgumentException("ID required to start activity");
        var taskQueue = options.TaskQueue ?? throw new ArgumentException("Task queue required to start activity");
        if (options.ScheduleToCloseTimeout is null && options.StartToCloseTimeout is null)
        {
            throw new ArgumentException("ScheduleToCloseTimeout or StartToCloseTimeout required to start activity");
        }
        if (options.StartDelay < TimeSpan.Zero)
        {
            throw new ArgumentException("StartDelay must be non-negative");
        }
        var converter = ConverterForActivity(input.Activity, taskQueue);
        return new()
        {
            Namespace = Options.Namespace,
            Identity = Identity,
            RequestId = NewRequestId(),
            ActivityId = id,
            ActivityType = new() { Name = input.Activity },
            TaskQueue = new() { Name = taskQueue },
            ScheduleToCloseTimeout = ToDuration(options.ScheduleToCloseTimeout),
            ScheduleToStartTimeout = ToDuration(options.ScheduleToStartTimeout),
            StartToCloseTimeout = ToDuration(options.StartToCloseTimeout),
            HeartbeatTimeout = ToDuration(options.HeartbeatTimeout),
            RetryPolicy = options.RetryPolicy?.ToProto(),
            Input = await ToPayloadsAsync(converter, input.Args).ConfigureAwait(false),
            IdReusePolicy = options.IdReusePolicy,
            IdConflictPolicy = options.IdConflictPolicy,
            SearchAttributes = options.TypedSearchAttributes is { Count: > 0 } attributes ? attributes.ToProto() : null,
            Header = await ToHeaderAsync(converter, input.Headers).ConfigureAwait(false),
            UserMetadata = await converter.ToUserMetadataAsync(options.Summary, options.StaticDetails).ConfigureAwait(false),
            Priority = options.Priority?.ToProto(),
            StartDelay = ToDuration(options.StartDelay),
        };
    }
}
