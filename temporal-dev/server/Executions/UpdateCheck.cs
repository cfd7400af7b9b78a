using Grpc.Core;
using Temporalio.Api.Command.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>Looks through the protocol messages of a workflow task before any is carried out, following what each would change.</summary>
internal sealed class UpdateCheck
{
    private const WorkflowTaskFailedCause Cause = WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage;
    private readonly ExecutionState state;
    private readonly Limits limits;
    private readonly List<Message> rest;
    private readonly Dictionary<string, UpdateWorkflowExecutionLifecycleStage> stages = new(StringComparer.Ordinal);

    public UpdateCheck(ExecutionState state, IEnumerable<Message> messages, Limits limits)
    {
        this.state = state;
        this.limits = limits;
        rest = [.. messages];
    }

    /// <summary>Checks the message that a command names.</summary>
    public CommandFailure? Check(ProtocolMessageCommandAttributes? command)
    {
        if (command is null)
            return new(Cause, "ProtocolMessageCommandAttributes is not set on ProtocolMessageCommand.");
        if (command.MessageId.Length == 0)
            return new(Cause, "MessageID is not set on ProtocolMessageCommand.");
        var index = rest.FindIndex(m => m.Id == command.MessageId);
        if (index < 0)
            return new(Cause, $"ProtocolMessageCommand referenced absent message ID {command.MessageId}");
        var message = rest[index];
        rest.RemoveAt(index);
        return Check(message);
    }

    /// <summary>Checks the messages that no command named.</summary>
    public CommandFailure? CheckRest()
    {
        foreach (var message in rest)
        {
            if (Check(message) is { } failure)
                return failure;
        }

        return null;
    }

    private CommandFailure? Check(Message message)
    {
        var id = message.ProtocolInstanceId;
        if (message.Body is null)
            throw RpcRefusal.InvalidArgument($"Update {id} received message with nil body");
        if (message.Body.CalculateSize() > limits.BlobSizeBytes)
            return new(Cause, $"Message type {Name(message)} exceeds size limit.", Terminates: true);
        try
        {
            if (message.Body.Is(Acceptance.Descriptor))
                return Accept(id, message.Body.Unpack<Acceptance>());
            if (message.Body.Is(Rejection.Descriptor))
                return Reject(id, message.Body.Unpack<Rejection>());
            if (message.Body.Is(Response.Descriptor))
                return Respond(id, message.Body.Unpack<Response>());
        }
        catch (InvalidProtocolBufferException)
        {
            return new(Cause, "unable to unmarshal request: proto: cannot parse invalid wire-format data");
        }

        return new(Cause, $"unsupported protocol type {Name(message)}");
    }

    private CommandFailure? Accept(string id, Acceptance message)
    {
        if (Stage(id, message.AcceptedRequest is not null) is not { } stage)
            return Unknown(id);
        if (stage != UpdateWorkflowExecutionLifecycleStage.Admitted)
            return WrongState(id, "Acceptance", stage);
        stages[id] = UpdateWorkflowExecutionLifecycleStage.Accepted;
        return null;
    }

    private CommandFailure? Reject(string id, Rejection message)
    {
        if (Stage(id, message.RejectedRequest is not null) is not { } stage)
            return Unknown(id);
        if (stage != UpdateWorkflowExecutionLifecycleStage.Admitted)
            return WrongState(id, "Rejection", stage);
        stages[id] = UpdateWorkflowExecutionLifecycleStage.Completed;
        return null;
    }

    private CommandFailure? Respond(string id, Response message)
    {
        if (Stage(id, canBeRevived: false) is not { } stage)
            return Unknown(id);
        if (stage != UpdateWorkflowExecutionLifecycleStage.Accepted)
            return WrongState(id, "Response", stage);
        if (message.Meta is null)
            return new(Cause, "invalid *update.Response: meta is not set");
        if (message.Meta.UpdateId.Length == 0)
            return new(Cause, "invalid *update.Response: meta.update_id is not set");
        if (message.Meta.UpdateId != id)
            return new(Cause, $"invalid *update.Response: meta.update_id != {id}");
        if (message.Outcome is null)
            return new(Cause, "invalid *update.Response: outcome is not set");
        stages[id] = UpdateWorkflowExecutionLifecycleStage.Completed;
        return null;
    }

    private UpdateWorkflowExecutionLifecycleStage? Stage(string id, bool canBeRevived)
    {
        if (stages.TryGetValue(id, out var stage))
            return stage;
        if (state.Updates.TryGetValue(id, out var update))
            return update.Stage;
        return canBeRevived ? UpdateWorkflowExecutionLifecycleStage.Admitted : null;
    }

    private static CommandFailure Unknown(string id) =>
        new(Cause, $"update {id} wasn't found on the server. This is most likely a transient error which will be resolved automatically by retries");

    private static CommandFailure WrongState(string id, string message, UpdateWorkflowExecutionLifecycleStage stage) =>
        new(Cause, $"invalid state transition attempted for Update {id}: received *update.{message} message while in state {stage}");

    private static string Name(Message message) => message.Body.TypeUrl[(message.Body.TypeUrl.LastIndexOf('/') + 1)..];
}

/// <summary>How updates end that no worker ended, in the real server's words.</summary>
internal static class UpdateFailures
{
    /// <summary>The run closed while the update was accepted: an outcome, because the caller may know that it was accepted.</summary>
    public static Outcome RunClosed() => new()
    {
        Failure = Server("Workflow Update failed because the Workflow completed before the Update completed.", "AcceptedUpdateCompletedWorkflow"),
    };

    /// <summary>The worker completed the task without a word about the update.</summary>
    public static Outcome NotProcessed() => new()
    {
        Failure = Server("Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.", "UnprocessedUpdate"),
    };

    /// <summary>The run closed before the update was accepted.</summary>
    public static RpcRefusal RunClosedBefore() => RpcRefusal.NotFound("workflow update was aborted by closing workflow");

    /// <summary>The run continues as another, which the caller should ask.</summary>
    public static RpcRefusal RunContinues() => RpcRefusal.ResourceExhausted("workflow operation can not be applied because workflow is closing", ResourceExhaustedCause.BusyWorkflow);

    /// <summary>The worker's answer to the task that carried the update was invalid.</summary>
    public static RpcRefusal TaskFailed() => NotReady("Unable to perform workflow execution update due to unexpected workflow task failure.");

    /// <summary>The workflow task fails again and again: the update would wait in vain.</summary>
    public static RpcRefusal TaskKeepsFailing() => NotReady("Unable to perform workflow execution update due to Workflow Task in failed state.");

    private static RpcRefusal NotReady(string message) => new(StatusCode.FailedPrecondition, message, new WorkflowNotReadyFailure());

    private static Failure Server(string message, string type) => new()
    {
        Message = message,
        Source = "Server",
        ApplicationFailureInfo = new ApplicationFailureInfo { Type = type, NonRetryable = true },
    };
}
