using Google.Protobuf;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <inheritdoc />
    public override async Task HeartbeatAsyncActivityAsync(HeartbeatAsyncActivityInput input)
    {
        var converter = input.DataConverterOverride ?? Options.DataConverter;
        var details = await ToPayloadsAsync(converter, input.Options?.Details).ConfigureAwait(false);
        var rpc = Retrying(input.Options?.Rpc);
        bool stop;
        if (input.Activity is AsyncActivityHandle.IdReference id)
        {
            var answer = await Service.RecordActivityTaskHeartbeatByIdAsync(
                new()
                {
                    Namespace = Options.Namespace,
                    Identity = Identity,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Details = details,
                },
                rpc).ConfigureAwait(false);
            stop = answer.CancelRequested;
        }
        else
        {
            var answer = await Service.RecordActivityTaskHeartbeatAsync(
                new()
                {
                    Namespace = Options.Namespace,
                    Identity = Identity,
                    TaskToken = TokenOf(input.Activity),
                    Details = details,
                },
                rpc).ConfigureAwait(false);
            stop = answer.CancelRequested;
        }
        if (stop)
        {
            throw new AsyncActivityCanceledException();
        }
    }

    /// <inheritdoc />
    public override async Task CompleteAsyncActivityAsync(CompleteAsyncActivityInput input)
    {
        var converter = input.DataConverterOverride ?? Options.DataConverter;
        var result = await ToPayloadsAsync(converter, [input.Result]).ConfigureAwait(false);
        var rpc = Retrying(input.Options?.Rpc);
        if (input.Activity is AsyncActivityHandle.IdReference id)
        {
            await Service.RespondActivityTaskCompletedByIdAsync(
                new()
                {
                    Namespace = Options.Namespace,
                    Identity = Identity,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Result = result,
                },
                rpc).ConfigureAwait(false);
            return;
        }
        await Service.RespondActivityTaskCompletedAsync(
            new()
            {
                Namespace = Options.Namespace,
                Identity = Identity,
                TaskToken = TokenOf(input.Activity),
                Result = result,
            },
            rpc).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task FailAsyncActivityAsync(FailAsyncActivityInput input)
    {
        var converter = input.DataConverterOverride ?? Options.DataConverter;
        var failure = await converter.ToFailureAsync(input.Exception).ConfigureAwait(false);
        var details = await ToPayloadsAsync(converter, input.Options?.LastHeartbeatDetails).ConfigureAwait(false);
        var rpc = Retrying(input.Options?.Rpc);
        if (input.Activity is AsyncActivityHandle.IdReference id)
        {
            await Service.RespondActivityTaskFailedByIdAsync(
                new()
                {
                    Namespace = Options.Namespace,
                    Identity = Identity,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Failure = failure,
                    LastHeartbeatDetails = details,
                },
                rpc).ConfigureAwait(false);
            return;
        }
        await Service.RespondActivityTaskFailedAsync(
            new()
            {
                Namespace = Options.Namespace,
                Identity = Identity,
                TaskToken = TokenOf(input.Activity),
                Failure = failure,
                LastHeartbeatDetails = details,
            },
            rpc).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task ReportCancellationAsyncActivityAsync(ReportCancellationAsyncActivityInput input)
    {
        var converter = input.DataConverterOverride ?? Options.DataConverter;
        var details = await ToPayloadsAsync(converter, input.Options?.Details).ConfigureAwait(false);
        var rpc = Retrying(input.Options?.Rpc);
        if (input.Activity is AsyncActivityHandle.IdReference id)
        {
            await Service.RespondActivityTaskCanceledByIdAsync(
                new()
                {
                    Namespace = Options.Namespace,
                    Identity = Identity,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Details = details,
                },
                rpc).ConfigureAwait(false);
            return;
        }
        await Service.RespondActivityTaskCanceledAsync(
            new()
            {
                Namespace = Options.Namespace,
                Identity = Identity,
                TaskToken = TokenOf(input.Activity),
                Details = details,
            },
            rpc).ConfigureAwait(false);
    }

    private static ByteString TokenOf(AsyncActivityHandle.Reference reference) =>
        reference is AsyncActivityHandle.TaskTokenReference token
            ? ByteString.CopyFrom(token.TaskToken)
            : throw new ArgumentException($"Unrecognized activity reference type {reference.GetType()}");
}
