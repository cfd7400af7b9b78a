using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// An update: accepted or rejected, then completed. Answers travel as messages; a command marks the place of each among
/// the commands.
/// </summary>
/// <param name="owner">Run.</param>
/// <param name="message">The request.</param>
internal sealed class UpdateMachine(WorkflowMachines owner, IncomingUpdate message) : CommandMachine
{
    private bool accepted;

    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        if (e.EventType is not (EventType.WorkflowExecutionUpdateAccepted or EventType.WorkflowExecutionUpdateCompleted))
        {
            throw Mismatch(e, $"the answer to update {message.Request.Input.Name} with id {message.Request.Meta.UpdateId}");
        }
    }

    /// <summary>Accepts the update.</summary>
    internal void Accept()
    {
        accepted = true;
        Send("accept", inOrder: true, new Acceptance
        {
            AcceptedRequestMessageId = message.Id,
            AcceptedRequestSequencingEventId = message.SequencingEventId,
        });
    }

    /// <summary>Rejects the update.</summary>
    /// <param name="failure">Why.</param>
    internal void Reject(Failure failure) => Send("reject", inOrder: false, new Rejection
    {
        RejectedRequestMessageId = message.Id,
        RejectedRequestSequencingEventId = message.SequencingEventId,
        Failure = failure,
    });

    /// <summary>Completes the update.</summary>
    /// <param name="result">Answer, if it succeeded.</param>
    /// <param name="failure">Why it did not, otherwise.</param>
    internal void Complete(Payload? result, Failure? failure)
    {
        if (!accepted)
        {
            throw new InvalidOperationException($"Update {message.Request.Meta.UpdateId} completed without being accepted");
        }
        var outcome = failure != null ? new Outcome { Failure = failure } : new Outcome { Success = ToPayloads(result) };
        Send("complete", inOrder: true, new Response { Meta = message.Request.Meta, Outcome = outcome });
    }

    private static Payloads ToPayloads(Payload? result) => result == null ? new() : new() { Payloads_ = { result } };

    private void Send(string suffix, bool inOrder, IMessage body)
    {
        var id = $"{message.Id}/{suffix}";
        owner.AddMessage(new() { Id = id, ProtocolInstanceId = message.ProtocolInstanceId, Body = Any.Pack(body) });
        if (inOrder)
        {
            owner.AddCommand(
                new()
                {
                    CommandType = CommandType.ProtocolMessage,
                    ProtocolMessageCommandAttributes = new ProtocolMessageCommandAttributes { MessageId = id },
                },
                this);
        }
    }
}
