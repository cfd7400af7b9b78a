using Google.Protobuf.Collections;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// Applies a payload codec to what a workflow reads and writes, in place. Codecs may take their time (a key service),
/// which workflow code may not; so all of it is done before and after the workflow runs.
/// </summary>
/// <param name="codec">Codec in the context of the workflow.</param>
/// <param name="plain">Codec without a context, for what leaves Temporal.</param>
internal sealed class PayloadCodecVisitor(IPayloadCodec codec, IPayloadCodec plain)
{
    private delegate Task<IReadOnlyCollection<Payload>> Apply(IReadOnlyCollection<Payload> payloads);

    /// <summary>Decodes the parts of events that workflows read.</summary>
    /// <param name="events">Events, changed in place.</param>
    /// <returns>Task.</returns>
    internal async Task DecodeAsync(IEnumerable<HistoryEvent> events)
    {
        foreach (var e in events)
        {
            await DecodeAsync(e).ConfigureAwait(false);
        }
    }

    /// <summary>Decodes update requests.</summary>
    /// <param name="messages">Messages, changed in place.</param>
    /// <returns>Task.</returns>
    internal async Task DecodeAsync(IEnumerable<Message> messages)
    {
        foreach (var message in messages)
        {
            if (message.Body.TryUnpack<Request>(out var request))
            {
                await DecodeAsync(request).ConfigureAwait(false);
                message.Body = Google.Protobuf.WellKnownTypes.Any.Pack(request);
            }
        }
    }

    /// <summary>Decodes a query.</summary>
    /// <param name="query">Query, changed in place.</param>
    /// <returns>Task.</returns>
    internal async Task DecodeAsync(WorkflowQuery query)
    {
        await VisitAsync(query.QueryArgs, codec.DecodeAsync).ConfigureAwait(false);
        await VisitAsync(query.Header?.Fields, codec.DecodeAsync).ConfigureAwait(false);
    }

    /// <summary>Encodes the answer to a query.</summary>
    /// <param name="result">Answer, changed in place.</param>
    /// <returns>Task.</returns>
    internal async Task EncodeAsync(WorkflowQueryResult result)
    {
        await VisitAsync(result.Answer, codec.EncodeAsync).ConfigureAwait(false);
        await EncodeAsync(result.Failure).ConfigureAwait(false);
    }

    /// <summary>Encodes a failure.</summary>
    /// <param name="failure">Failure, changed in place.</param>
    /// <returns>Task.</returns>
    internal Task EncodeAsync(Failure? failure) => failure == null ? Task.CompletedTask : codec.EncodeFailureAsync(failure);

    /// <summary>Encodes the answers to updates.</summary>
    /// <param name="messages">Messages, changed in place.</param>
    /// <returns>Task.</returns>
    internal async Task EncodeAsync(IEnumerable<Message> messages)
    {
        foreach (var message in messages)
        {
            if (message.Body.TryUnpack<Rejection>(out var rejection))
            {
                await EncodeAsync(rejection.Failure).ConfigureAwait(false);
                message.Body = Google.Protobuf.WellKnownTypes.Any.Pack(rejection);
            }
            else if (message.Body.TryUnpack<Response>(out var response))
            {
                await VisitAsync(response.Outcome.Success, codec.EncodeAsync).ConfigureAwait(false);
                await EncodeAsync(response.Outcome.Failure).ConfigureAwait(false);
                message.Body = Google.Protobuf.WellKnownTypes.Any.Pack(response);
            }
        }
    }

    /// <summary>Encodes a command. Search attributes stay as they are, since the server reads them.</summary>
    /// <param name="command">Command, changed in place.</param>
    /// <returns>Task.</returns>
    internal async Task EncodeAsync(Command command)
    {
        if (command.UserMetadata is { } metadata)
        {
            metadata.Summary = await VisitAsync(metadata.Summary, codec.EncodeAsync).ConfigureAwait(false);
            metadata.Details = await VisitAsync(metadata.Details, codec.EncodeAsync).ConfigureAwait(false);
        }
        switch (command.AttributesCase)
        {
            case Command.AttributesOneofCase.ScheduleActivityTaskCommandAttributes:
                var activity = command.ScheduleActivityTaskCommandAttributes;
                await EncodeCallAsync(activity.Input, activity.Header, null).ConfigureAwait(false);
                break;
            case Command.AttributesOneofCase.StartChildWorkflowExecutionCommandAttributes:
                var child = command.StartChildWorkflowExecutionCommandAttributes;
                await EncodeCallAsync(child.Input, child.Header, child.Memo).ConfigureAwait(false);
                break;
            case Command.AttributesOneofCase.SignalExternalWorkflowExecutionCommandAttributes:
                var signal = command.SignalExternalWorkflowExecutionCommandAttributes;
                await EncodeCallAsync(signal.Input, signal.Header, null).ConfigureAwait(false);
                break;
            case Command.AttributesOneofCase.ScheduleNexusOperationCommandAttributes:
                var operation = command.ScheduleNexusOperationCommandAttributes;
                operation.Input = await VisitAsync(operation.Input, plain.EncodeAsync).ConfigureAwait(false);
                break;
            case Command.AttributesOneofCase.ContinueAsNewWorkflowExecutionCommandAttributes:
                var next = command.ContinueAsNewWorkflowExecutionCommandAttributes;
                await EncodeCallAsync(next.Input, next.Header, next.Memo).ConfigureAwait(false);
                break;
            case Command.AttributesOneofCase.CompleteWorkflowExecutionCommandAttributes:
                await VisitAsync(command.CompleteWorkflowExecutionCommandAttributes.Result, codec.EncodeAsync).ConfigureAwait(false);
                break;
            case Command.AttributesOneofCase.FailWorkflowExecutionCommandAttributes:
                await EncodeAsync(command.FailWorkflowExecutionCommandAttributes.Failure).ConfigureAwait(false);
                break;
            case Command.AttributesOneofCase.ModifyWorkflowPropertiesCommandAttributes:
                var memo = command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo;
                await VisitAsync(memo?.Fields, codec.EncodeAsync).ConfigureAwait(false);
                break;
            case Command.AttributesOneofCase.RecordMarkerCommandAttributes:
                await MarkerAsync(
                    command.RecordMarkerCommandAttributes.Details,
                    command.RecordMarkerCommandAttributes.Failure,
                    codec.EncodeAsync,
                    codec.EncodeFailureAsync).ConfigureAwait(false);
                break;
        }
    }

    private static async Task VisitAsync(Payloads? payloads, Apply apply)
    {
        if (payloads is not { Payloads_.Count: > 0 })
        {
            return;
        }
        var changed = await apply([.. payloads.Payloads_]).ConfigureAwait(false);
        payloads.Payloads_.Clear();
        payloads.Payloads_.Add(changed);
    }

    private static async Task<Payload?> VisitAsync(Payload? payload, Apply apply) =>
        payload == null ? null : (await apply([payload]).ConfigureAwait(false)).Single();

    private static async Task VisitAsync(MapField<string, Payload>? fields, Apply apply)
    {
        if (fields == null)
        {
            return;
        }
        foreach (var key in fields.Keys.ToArray())
        {
            fields[key] = (await VisitAsync(fields[key], apply).ConfigureAwait(false))!;
        }
    }

    // Only what a local activity left in a marker is a value; the rest is ours, and the server shows it.
    private static async Task MarkerAsync(
        MapField<string, Payloads> details, Failure? failure, Apply apply, Func<Failure, Task> applyToFailure)
    {
        if (details.TryGetValue("result", out var result))
        {
            await VisitAsync(result, apply).ConfigureAwait(false);
        }
        if (failure != null)
        {
            await applyToFailure(failure).ConfigureAwait(false);
        }
    }

    private async Task EncodeCallAsync(Payloads? input, Header? header, Memo? memo)
    {
        await VisitAsync(input, codec.EncodeAsync).ConfigureAwait(false);
        await VisitAsync(header?.Fields, codec.EncodeAsync).ConfigureAwait(false);
        await VisitAsync(memo?.Fields, codec.EncodeAsync).ConfigureAwait(false);
    }

    private async Task DecodeAsync(Request? request)
    {
        await VisitAsync(request?.Input?.Args, codec.DecodeAsync).ConfigureAwait(false);
        await VisitAsync(request?.Input?.Header?.Fields, codec.DecodeAsync).ConfigureAwait(false);
    }

    private Task DecodeAsync(Failure? failure) => failure == null ? Task.CompletedTask : codec.DecodeFailureAsync(failure);

    private async Task DecodeStartAsync(WorkflowExecutionStartedEventAttributes started)
    {
        await VisitAsync(started.Input, codec.DecodeAsync).ConfigureAwait(false);
        await VisitAsync(started.Header?.Fields, codec.DecodeAsync).ConfigureAwait(false);
        await VisitAsync(started.Memo?.Fields, codec.DecodeAsync).ConfigureAwait(false);
        await VisitAsync(started.LastCompletionResult, codec.DecodeAsync).ConfigureAwait(false);
        await DecodeAsync(started.ContinuedFailure).ConfigureAwait(false);
    }

    private async Task DecodeSignalAsync(WorkflowExecutionSignaledEventAttributes signal)
    {
        await VisitAsync(signal.Input, codec.DecodeAsync).ConfigureAwait(false);
        await VisitAsync(signal.Header?.Fields, codec.DecodeAsync).ConfigureAwait(false);
    }

    private async Task DecodeResultAsync(NexusOperationCompletedEventAttributes completed) =>
        completed.Result = await VisitAsync(completed.Result, plain.DecodeAsync).ConfigureAwait(false);

    private Task DecodePlainAsync(Failure? failure) => failure == null ? Task.CompletedTask : plain.DecodeFailureAsync(failure);

    private Task DecodeAsync(HistoryEvent e) => e.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionStartedEventAttributes =>
            DecodeStartAsync(e.WorkflowExecutionStartedEventAttributes),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionSignaledEventAttributes =>
            DecodeSignalAsync(e.WorkflowExecutionSignaledEventAttributes),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAcceptedEventAttributes =>
            DecodeAsync(e.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAdmittedEventAttributes =>
            DecodeAsync(e.WorkflowExecutionUpdateAdmittedEventAttributes.Request),
        HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes =>
            VisitAsync(e.ActivityTaskCompletedEventAttributes.Result, codec.DecodeAsync),
        HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes =>
            DecodeAsync(e.ActivityTaskFailedEventAttributes.Failure),
        HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes =>
            DecodeAsync(e.ActivityTaskTimedOutEventAttributes.Failure),
        HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes =>
            VisitAsync(e.ActivityTaskCanceledEventAttributes.Details, codec.DecodeAsync),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes =>
            VisitAsync(e.ChildWorkflowExecutionCompletedEventAttributes.Result, codec.DecodeAsync),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes =>
            DecodeAsync(e.ChildWorkflowExecutionFailedEventAttributes.Failure),
        HistoryEvent.AttributesOneofCase.NexusOperationCompletedEventAttributes =>
            DecodeResultAsync(e.NexusOperationCompletedEventAttributes),
        HistoryEvent.AttributesOneofCase.NexusOperationFailedEventAttributes =>
            DecodePlainAsync(e.NexusOperationFailedEventAttributes.Failure),
        HistoryEvent.AttributesOneofCase.NexusOperationTimedOutEventAttributes =>
            DecodePlainAsync(e.NexusOperationTimedOutEventAttributes.Failure),
        HistoryEvent.AttributesOneofCase.NexusOperationCanceledEventAttributes =>
            DecodePlainAsync(e.NexusOperationCanceledEventAttributes.Failure),
        HistoryEvent.AttributesOneofCase.MarkerRecordedEventAttributes => MarkerAsync(
            e.MarkerRecordedEventAttributes.Details,
            e.MarkerRecordedEventAttributes.Failure,
            codec.DecodeAsync,
            codec.DecodeFailureAsync),
        _ => Task.CompletedTask,
    };
}
