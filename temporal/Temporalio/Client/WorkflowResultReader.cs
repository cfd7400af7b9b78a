using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>Waits for the closing event of a workflow and turns it into a result or an exception.</summary>
internal sealed class WorkflowResultReader(WorkflowHandle handle)
{
    private readonly DataConverter dataConverter = handle.Client.Options.DataConverter.WithSerializationContext(
        new ISerializationContext.Workflow(handle.Client.Options.Namespace, handle.Id));

    public async Task<TResult> ReadAsync<TResult>(bool followRuns, RpcOptions? rpcOptions)
    {
        var runId = handle.ResultRunId;
        while (true)
        {
            var close = await FetchCloseEventAsync(runId, rpcOptions).ConfigureAwait(false);
            if (NextRunId(close) is { Length: > 0 } next)
            {
                if (followRuns)
                {
                    runId = next;
                    continue;
                }
                if (close.AttributesCase
                    is HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes)
                {
                    throw new WorkflowContinuedAsNewException(next);
                }
            }
            return close.WorkflowExecutionCompletedEventAttributes is { } completed
                ? await ConvertResultAsync<TResult>(completed.Result).ConfigureAwait(false)
                : throw new WorkflowFailedException(await ConvertFailureAsync(close).ConfigureAwait(false));
        }
    }

    private static string? NextRunId(HistoryEvent close) => close.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes =>
            close.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes =>
            close.WorkflowExecutionFailedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes =>
            close.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes =>
            close.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId,
        _ => null,
    };

    private async Task<HistoryEvent> FetchCloseEventAsync(string? runId, RpcOptions? rpcOptions)
    {
        var page = await handle.Client.OutboundInterceptor.FetchWorkflowHistoryEventPageAsync(new(
            handle.Id,
            runId,
            PageSize: 0,
            NextPageToken: null,
            WaitNewEvent: true,
            HistoryEventFilterType.CloseEvent,
            SkipArchival: true,
            TemporalClient.DefaultRetryOptions(rpcOptions))).ConfigureAwait(false);
        return page.Events.LastOrDefault()
            ?? throw new InvalidOperationException("The server ended the history without a closing event");
    }

    private async Task<TResult> ConvertResultAsync<TResult>(Payloads? result)
    {
        // The value tuple stands for "no result wanted", whatever the workflow returned.
        if (typeof(TResult) == typeof(ValueTuple))
        {
            return default!;
        }
        return result is { Payloads_.Count: > 0 }
            ? await dataConverter.ToSingleValueAsync<TResult>(result.Payloads_).ConfigureAwait(false)
            : throw new InvalidOperationException("No result present");
    }

    private Task<Exception> ConvertFailureAsync(HistoryEvent close) => close.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes =>
            dataConverter.ToExceptionAsync(close.WorkflowExecutionFailedEventAttributes.Failure),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCanceledEventAttributes =>
            dataConverter.ToExceptionAsync(new()
            {
                Message = "Workflow canceled",
                CanceledFailureInfo = new() { Details = close.WorkflowExecutionCanceledEventAttributes.Details },
            }),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes =>
            dataConverter.ToExceptionAsync(new()
            {
                Message = "Workflow timed out",
                TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose },
            }),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTerminatedEventAttributes =>
            ConvertTerminationAsync(close.WorkflowExecutionTerminatedEventAttributes),
        _ => throw new InvalidOperationException($"Unexpected closing event {close.EventType}"),
    };

    private async Task<Exception> ConvertTerminationAsync(WorkflowExecutionTerminatedEventAttributes attributes)
    {
        var failure = new Failure
        {
            Message = attributes.Reason.Length == 0 ? "Workflow terminated" : attributes.Reason,
            TerminatedFailureInfo = new(),
        };
        if (attributes.Details is not { Payloads_.Count: > 0 } encoded)
        {
            return new TerminatedFailureException(failure, null, null);
        }
        IReadOnlyCollection<Payload> details = dataConverter.PayloadCodec is { } codec
            ? await codec.DecodeAsync(encoded.Payloads_).ConfigureAwait(false)
            : encoded.Payloads_;
        return new TerminatedFailureException(failure, null, new(dataConverter.PayloadConverter, details));
    }
}
