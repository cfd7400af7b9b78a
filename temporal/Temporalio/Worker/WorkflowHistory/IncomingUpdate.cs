using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// The request of an update, from the server or, on replay, from history.
/// </summary>
/// <param name="Id">Message id.</param>
/// <param name="ProtocolInstanceId">What the answers refer to.</param>
/// <param name="SequencingEventId">The update is handled after this event.</param>
/// <param name="Request">The request, decoded by the codec.</param>
internal sealed record IncomingUpdate(string Id, string ProtocolInstanceId, long SequencingEventId, Request Request)
{
    /// <summary>Reads a message of a workflow task.</summary>
    /// <param name="message">Message.</param>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidOperationException">The message is something else.</exception>
    internal static IncomingUpdate From(Message message) =>
        message.Body.TryUnpack<Request>(out var request) && message.SequencingIdCase == Message.SequencingIdOneofCase.EventId
            ? new(message.Id, message.ProtocolInstanceId, message.EventId, request)
            : throw new InvalidOperationException($"Unknown protocol message {message.Id} of type {message.Body.TypeUrl}");

    /// <summary>Makes up the message that led to an accepted update.</summary>
    /// <param name="accepted">Attributes of the acceptance.</param>
    /// <returns>The request, null if history holds it elsewhere.</returns>
    internal static IncomingUpdate? From(WorkflowExecutionUpdateAcceptedEventAttributes accepted) =>
        accepted.AcceptedRequest == null ? null : new(
            accepted.AcceptedRequestMessageId,
            accepted.ProtocolInstanceId,
            accepted.AcceptedRequestSequencingEventId,
            accepted.AcceptedRequest);

    /// <summary>Makes up the message that would have come with an update that the server wrote to history first.</summary>
    /// <param name="e">Event that admits the update.</param>
    /// <returns>The request.</returns>
    internal static IncomingUpdate From(HistoryEvent e)
    {
        var request = e.WorkflowExecutionUpdateAdmittedEventAttributes.Request;
        var updateId = request.Meta.UpdateId;
        return new($"{updateId}/request", updateId, e.EventId - 1, request);
    }
}
