using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Executions;

// Updates: admitted in memory, sent with a workflow task, accepted and completed in history; a rejected one leaves nothing.
internal sealed partial class Transition
{
    private const int FailFastFromAttempt = 3;
    private readonly List<UpdateProgress> updates = [];

    /// <summary>Admits an update, or finds the one with its id. Works on closed runs for updates that have ended.</summary>
    /// <exception cref="RpcRefusal">The run is closed or closing, its tasks keep failing, or there are too many updates.</exception>
    public AdmittedUpdate AdmitUpdate(Request request)
    {
        var id = Check(request);
        if (!State.IsOpen)
            return State.FindUpdate(id) is { Lost: null } known ? new(known, IsNew: false) : throw RpcRefusal.WorkflowCompleted();
        if ((State.Task?.Attempt ?? State.TaskAttempt) >= FailFastFromAttempt)
            throw UpdateFailures.TaskKeepsFailing();
        RequireNotClosing();
        if (State.Updates.TryGetValue(id, out var update))
            return new(ExecutionState.Progress(update), IsNew: false);
        RequireRoomForUpdate();
        State.Forget(id);
        update = new UpdateState(id) { Request = request, Order = ++State.LastUpdateOrder };
        State.Updates.Add(id, update);
        if (State.Task is null)
            ScheduleTask(speculative: true);
        return new(ExecutionState.Progress(update), IsNew: true);
    }

    private static string Check(Request request)
    {
        if (request.Meta is null)
            throw RpcRefusal.InvalidArgument("invalid *update.Request: meta is not set");
        if (request.Meta.UpdateId.Length == 0)
            throw RpcRefusal.InvalidArgument("invalid *update.Request: meta.update_id is not set");
        if (request.Input is null)
            throw RpcRefusal.InvalidArgument("invalid *update.Request: input is not set");
        if (request.Input.Name.Length == 0)
            throw RpcRefusal.InvalidArgument("invalid *update.Request: input.name is not set");
        return request.Meta.UpdateId;
    }

    private void RequireRoomForUpdate()
    {
        var open = 0;
        foreach (var update in State.Updates.Values)
        {
            if (update.IsOpen)
                open++;
        }

        if (open >= Limits.InFlightUpdates)
            throw RpcRefusal.ResourceExhausted($"limit on number of concurrent in-flight updates has been reached ({Limits.InFlightUpdates})", ResourceExhaustedCause.ConcurrentLimit);
        if (State.Updates.Count >= Limits.TotalUpdates)
            throw RpcRefusal.FailedPrecondition($"limit on number of total updates has been reached ({Limits.TotalUpdates})");
    }

    /// <summary>What a worker gets with a task: the updates that it has not seen, and those it has seen and not answered.</summary>
    private List<Message> SendUpdates(long startedEventId, bool includeSent)
    {
        var messages = new List<Message>();
        foreach (var update in AdmittedUpdates())
        {
            if (update.IsSent && !includeSent)
                continue;
            update.IsSent = true;
            if (update.Request is not { } request)
                continue;
            messages.Add(new Message { Id = $"{update.Id}/request", ProtocolInstanceId = update.Id, EventId = startedEventId - 1, Body = Any.Pack(request) });
        }

        return messages;
    }

    private List<UpdateState> AdmittedUpdates()
    {
        var admitted = new List<UpdateState>();
        foreach (var update in State.Updates.Values)
        {
            if (update.IsAdmitted)
                admitted.Add(update);
        }

        if (admitted.Count > 1)
            admitted.Sort((a, b) => a.Order.CompareTo(b.Order));
        return admitted;
    }

    private bool HasUpdatesToSend()
    {
        foreach (var update in State.Updates.Values)
        {
            if (update.IsAdmitted)
                return true;
        }

        return false;
    }

    private void Handle(Message message)
    {
        if (message.Body.Is(Rejection.Descriptor))
        {
            var failure = message.Body.Unpack<Rejection>().Failure;
            End(message.ProtocolInstanceId, new Outcome { Failure = failure ?? new Failure() });
        }
        else if (!State.IsOpen)
        {
            // The run has closed with a command before this message: what is open is given up with it.
            return;
        }
        else if (message.Body.Is(Acceptance.Descriptor))
        {
            Accept(message.ProtocolInstanceId, message.Body.Unpack<Acceptance>());
        }
        else
        {
            Complete(message.ProtocolInstanceId, message.Body.Unpack<Response>());
        }
    }

    private void Accept(string id, Acceptance acceptance)
    {
        // An update that is not known any more was lost with a restart: the worker's copy of the request revives it.
        var request = State.Updates.TryGetValue(id, out var update) ? update.Request : acceptance.AcceptedRequest;
        var e = New(EventType.WorkflowExecutionUpdateAccepted);
        e.WorkflowExecutionUpdateAcceptedEventAttributes = new WorkflowExecutionUpdateAcceptedEventAttributes
        {
            ProtocolInstanceId = id,
            AcceptedRequestMessageId = $"{id}/request",
            AcceptedRequestSequencingEventId = acceptance.AcceptedRequestSequencingEventId,
            AcceptedRequest = request,
        };
        Append(e);
        updates.Add(ExecutionState.Progress(State.Updates[id]));
    }

    private void Complete(string id, Response response)
    {
        var e = New(EventType.WorkflowExecutionUpdateCompleted);
        e.WorkflowExecutionUpdateCompletedEventAttributes = new WorkflowExecutionUpdateCompletedEventAttributes
        {
            Meta = response.Meta,
            AcceptedEventId = State.Updates[id].AcceptedEventId,
            Outcome = response.Outcome,
        };
        Append(e);
        updates.Add(ExecutionState.Progress(State.Updates[id]));
    }

    /// <summary>Ends an update that leaves nothing behind.</summary>
    private void End(string id, Outcome? outcome, RpcRefusal? lost = null)
    {
        State.Updates.Remove(id);
        var progress = new UpdateProgress(id, UpdateWorkflowExecutionLifecycleStage.Completed, outcome, lost);
        State.Remember(progress);
        updates.Add(progress);
    }

    /// <summary>A worker must answer every update that it was sent; what it ignored it does not know.</summary>
    private void RejectUnprocessed()
    {
        foreach (var update in AdmittedUpdates())
        {
            if (update.IsSent)
                End(update.Id, UpdateFailures.NotProcessed());
        }
    }

    /// <summary>The worker's answer was invalid: updates that it has seen may be the reason and are not tried again.</summary>
    private void LoseSentUpdates()
    {
        foreach (var update in AdmittedUpdates())
        {
            if (update is { IsSent: true, AdmittedEventId: 0 })
                End(update.Id, outcome: null, UpdateFailures.TaskFailed());
        }
    }

    /// <summary>The run has closed: nobody will end its updates any more.</summary>
    private void EndUpdatesOfClosedRun(bool continues)
    {
        foreach (var update in AdmittedUpdates())
            End(update.Id, outcome: null, continues ? UpdateFailures.RunContinues() : UpdateFailures.RunClosedBefore());
        foreach (var update in State.Updates.Values)
        {
            if (update.IsOpen)
                updates.Add(State.FindUpdate(update.Id)!);
        }
    }
}

/// <summary>How far an update has come.</summary>
/// <param name="UpdateId">The update.</param>
/// <param name="Stage">The stage reached.</param>
/// <param name="Outcome">Its result or failure (a rejection is a failure at stage Completed); null before that.</param>
/// <param name="Lost">It will never get further here: what to tell the waiting caller. Null otherwise.</param>
internal sealed record UpdateProgress(string UpdateId, UpdateWorkflowExecutionLifecycleStage Stage, Outcome? Outcome, RpcRefusal? Lost = null);

/// <summary>What came of asking for an update.</summary>
/// <param name="Progress">How far it is: an update id that is known joins the update of that id.</param>
/// <param name="IsNew">Whether it was not known before.</param>
internal sealed record AdmittedUpdate(UpdateProgress Progress, bool IsNew);
