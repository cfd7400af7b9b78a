using System.Runtime.CompilerServices;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <inheritdoc />
    public override async Task<ScheduleHandle> CreateScheduleAsync(CreateScheduleInput input)
    {
        var schedule = await input.Schedule.ToProtoAsync(Options.Namespace, Options.DataConverter).ConfigureAwait(false);
        var request = new CreateScheduleRequest
        {
            Namespace = Options.Namespace,
            ScheduleId = input.Id,
            Schedule = schedule,
            Identity = Identity,
            RequestId = NewRequestId(),
            Memo = await ToMemoAsync(Options.DataConverter, input.Options?.Memo).ConfigureAwait(false),
            SearchAttributes = input.Options?.TypedSearchAttributes is { Count: > 0 } attributes
                ? attributes.ToProto()
                : null,
            InitialPatch = ToInitialPatch(input),
        };
        try
        {
            await Service.CreateScheduleAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.AlreadyExists)
        {
            throw new ScheduleAlreadyRunningException();
        }
        return new(client, input.Id);
    }

    /// <inheritdoc />
    public override IAsyncEnumerable<ScheduleListDescription> ListSchedulesAsync(ListSchedulesInput input) =>
        EnumerateSchedulesAsync(input.Options);

    /// <inheritdoc />
    public override Task BackfillScheduleAsync(BackfillScheduleInput input) =>
        PatchAsync(input.Id, new() { BackfillRequest = { input.Backfills.Select(b => b.ToProto()) } }, input.RpcOptions);

    /// <inheritdoc />
    public override Task PauseScheduleAsync(PauseScheduleInput input) =>
        PatchAsync(input.Id, new() { Pause = input.Note ?? "Paused via .NET SDK" }, input.RpcOptions);

    /// <inheritdoc />
    public override Task UnpauseScheduleAsync(UnpauseScheduleInput input) =>
        PatchAsync(input.Id, new() { Unpause = input.Note ?? "Unpaused via .NET SDK" }, input.RpcOptions);

    /// <inheritdoc />
    public override Task TriggerScheduleAsync(TriggerScheduleInput input)
    {
        var overlap = input.Options?.Overlap ?? ScheduleOverlapPolicy.Unspecified;
        return PatchAsync(
            input.Id, new() { TriggerImmediately = new() { OverlapPolicy = overlap } }, input.Options?.Rpc);
    }

    /// <inheritdoc />
    public override Task DeleteScheduleAsync(DeleteScheduleInput input) => Service.DeleteScheduleAsync(
        new() { Namespace = Options.Namespace, ScheduleId = input.Id, Identity = Identity },
        Retrying(input.RpcOptions));

    /// <inheritdoc />
    public override async Task<ScheduleDescription> DescribeScheduleAsync(DescribeScheduleInput input)
    {
        var response = await Service.DescribeScheduleAsync(
            new() { Namespace = Options.Namespace, ScheduleId = input.Id },
            Retrying(input.RpcOptions)).ConfigureAwait(false);
        return await ScheduleDescription.FromProtoAsync(
            input.Id, response, Options.Namespace, Options.DataConverter).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task UpdateScheduleAsync(UpdateScheduleInput input)
    {
        // Through the chain again, so that interceptors of descriptions see this one too.
        var current = await client.OutboundInterceptor.DescribeScheduleAsync(
            new(input.Id, input.RpcOptions)).ConfigureAwait(false);
        if (await input.Updater(new(current)).ConfigureAwait(false) is not { } update)
        {
            return;
        }
        var schedule = await update.Schedule.ToProtoAsync(Options.Namespace, Options.DataConverter).ConfigureAwait(false);
        await Service.UpdateScheduleAsync(
            new()
            {
                Namespace = Options.Namespace,
                ScheduleId = input.Id,
                Schedule = schedule,
                Identity = Identity,
                RequestId = NewRequestId(),
                SearchAttributes = update.TypedSearchAttributes?.ToProto(),
            },
            Retrying(input.RpcOptions)).ConfigureAwait(false);
    }

    private static SchedulePatch? ToInitialPatch(CreateScheduleInput input)
    {
        if (input.Options is not { } options || (!options.TriggerImmediately && options.Backfills.Count == 0))
        {
            return null;
        }
        return new()
        {
            TriggerImmediately = options.TriggerImmediately
                ? new() { OverlapPolicy = input.Schedule.Policy.Overlap }
                : null,
            BackfillRequest = { options.Backfills.Select(b => b.ToProto()) },
        };
    }

    private Task<PatchScheduleResponse> PatchAsync(string id, SchedulePatch patch, RpcOptions? rpcOptions) => Service.PatchScheduleAsync(
        new()
        {
            Namespace = Options.Namespace,
            ScheduleId = id,
            Patch = patch,
            Identity = Identity,
            RequestId = NewRequestId(),
        },
        Retrying(rpcOptions));

    private async IAsyncEnumerable<ScheduleListDescription> EnumerateSchedulesAsync(
        ScheduleListOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var rpc = LinkedRpcOptions.Create(options?.Rpc, cancellationToken);
        var request = new ListSchedulesRequest { Namespace = Options.Namespace, Query = options?.Query ?? string.Empty };
        do
        {
            var response = await Service.ListSchedulesAsync(request, rpc.Options).ConfigureAwait(false);
            foreach (var entry in response.Schedules)
            {
                yield return new(entry, Options.DataConverter);
            }
            request.NextPageToken = response.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
    }
}
