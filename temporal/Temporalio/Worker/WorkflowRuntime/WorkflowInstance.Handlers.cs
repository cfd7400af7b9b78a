using Google.Protobuf.Collections;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Runtime;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>
/// Signals, queries and updates.
/// </content>
internal sealed partial class WorkflowInstance
{
    private readonly AsyncLocal<WorkflowUpdateInfo?> currentUpdate = new();
    private readonly LinkedList<RunningHandler> runningHandlers = new();
    private readonly LinkedList<WorkflowExecutionSignaledEventAttributes> bufferedSignals = new();
    private readonly HandlerTable<WorkflowSignalDefinition> signals;
    private readonly HandlerTable<WorkflowQueryDefinition> queries;
    private readonly HandlerTable<WorkflowUpdateDefinition> updates;
    private WorkflowSignalDefinition? dynamicSignal;
    private WorkflowQueryDefinition? dynamicQuery;
    private WorkflowUpdateDefinition? dynamicUpdate;

    private static MapField<string, Payload>? HeaderFields(Header? header) => header is { Fields.Count: > 0 } ? header.Fields : null;

    private static Dictionary<string, Payload>? Headers(Header? header) =>
        HeaderFields(header) is { } fields ? new Dictionary<string, Payload>(fields) : null;

    private static RepeatedField<Payload> Arguments(Payloads? payloads) => payloads?.Payloads_ ?? [];

    // Names that belong to Temporal never reach a handler that takes all names.
    private static T? Dynamic<T>(string name, T? handler)
        where T : class => name.StartsWith(TemporalRuntime.ReservedNamePrefix, StringComparison.Ordinal) ? null : handler;

    private void OnSetSignal(string name, WorkflowSignalDefinition handler) => RequireSameName(name, handler.Name, "Signal");

    private void DeliverBufferedSignals(string? name)
    {
        for (var node = bufferedSignals.First; node != null;)
        {
            var next = node.Next;
            if (name == null ? Dynamic(node.Value.SignalName, dynamicSignal) != null : node.Value.SignalName == name)
            {
                bufferedSignals.Remove(node);
                ApplySignal(node.Value);
            }
            node = next;
        }
    }

    private void ApplySignal(WorkflowExecutionSignaledEventAttributes signal)
    {
        if (!signals.TryGetValue(signal.SignalName, out var handler) && (handler = Dynamic(signal.SignalName, dynamicSignal)) == null)
        {
            bufferedSignals.AddLast(signal);
            return;
        }
        _ = StartTask(() => RunTopLevelAsync(() => HandleSignalAsync(signal, handler)));
    }

    private async Task HandleSignalAsync(WorkflowExecutionSignaledEventAttributes signal, WorkflowSignalDefinition handler)
    {
        object?[] arguments;
        try
        {
            arguments = Invocation.DecodeArguments(
                payloadConverter,
                handler.Method ?? handler.Delegate!.Method,
                Arguments(signal.Input),
                $"Signal {signal.SignalName}",
                handler.Dynamic,
                signal.SignalName);
        }
        catch (InvalidOperationException e)
        {
            // Whoever sends nonsense must not be able to stop the workflow. The signal stays in history.
            Logger.LogError(e, "Dropped signal {Signal} that cannot be decoded", signal.SignalName);
            return;
        }
        var running = runningHandlers.AddLast(new RunningHandler("signal", signal.SignalName, null, handler.UnfinishedPolicy));
        try
        {
            await inbound.HandleSignalAsync(new(signal.SignalName, handler, arguments, Headers(signal.Header)));
        }
        finally
        {
            runningHandlers.Remove(running);
        }
    }

    private void ApplyQuery(ActivationJob.Query query) => _ = StartTask(() =>
    {
        readOnlyPart = $"Query handler for {query.Request.QueryType}";
        try
        {
            var handler = QueryHandler(query.Request.QueryType);
            var arguments = Invocation.DecodeArguments(
                payloadConverter,
                handler.Method ?? handler.Delegate!.Method,
                Arguments(query.Request.QueryArgs),
                $"Query {query.Request.QueryType}",
                handler.Dynamic,
                query.Request.QueryType);
            var input = new HandleQueryInput(query.Id, query.Request.QueryType, handler, arguments, Headers(query.Request.Header));
            var answer = payloadConverter.ToPayload(inbound.HandleQuery(input));
            answers[query.Id] = new() { ResultType = QueryResultType.Answered, Answer = new() { Payloads_ = { answer } } };
        }
#pragma warning disable CA1031 // A query that fails, for whatever reason, fails alone.
        catch (Exception e)
        {
            var failure = failureConverter.ToFailure(e, payloadConverter);
            answers[query.Id] = new() { ResultType = QueryResultType.Failed, ErrorMessage = e.Message, Failure = failure };
        }
#pragma warning restore CA1031
        finally
        {
            readOnlyPart = null;
        }
        return Task.CompletedTask;
    });

    private WorkflowQueryDefinition QueryHandler(string name)
    {
        if (queries.TryGetValue(name, out var handler))
        {
            return handler;
        }
        switch (name)
        {
            case "__stack_trace":
                // Under a name of its own: the one asked for is refused to everybody else.
                return WorkflowQueryDefinition.CreateWithoutAttribute("stack_trace", DescribeWaits);
            case "__temporal_workflow_metadata":
                return MetadataQuery();
        }
        return Dynamic(name, dynamicQuery) ?? throw new InvalidOperationException(
            $"Query handler for {name} expected but not found, known queries: [{string.Join(' ', queries.Keys.Order())}]");
    }

    private void ApplyUpdate(ActivationJob.Update update) => _ = StartTask(() => RunTopLevelAsync(() => HandleUpdateAsync(update)));

    private async Task HandleUpdateAsync(ActivationJob.Update update)
    {
        var (id, name) = (update.Request.Meta.UpdateId, update.Request.Input.Name);
        currentUpdate.Value = new(id, name);
        using var scope = logger.BeginScope(currentUpdate.Value.LoggerScope);
        if (!TryAdmit(update, out var input, out var handler))
        {
            return;
        }
        Request(new WorkflowRequest.AcceptUpdate(update.ProtocolInstanceId));
        var running = runningHandlers.AddLast(new RunningHandler("update", name, id, handler.UnfinishedPolicy));
        try
        {
            var result = await inbound.HandleUpdateAsync(input);
            Request(new WorkflowRequest.CompleteUpdate(update.ProtocolInstanceId, payloadConverter.ToPayload(WithoutUnit(result)), null));
        }
        catch (Exception e) when (FailsWorkflow(e))
        {
            var failure = failureConverter.ToFailure(e, payloadConverter);
            Request(new WorkflowRequest.CompleteUpdate(update.ProtocolInstanceId, null, failure));
        }
        finally
        {
            runningHandlers.Remove(running);
        }
    }

    private bool TryAdmit(ActivationJob.Update update, out HandleUpdateInput input, out WorkflowUpdateDefinition handler)
    {
        input = null!;
        handler = null!;
        var name = update.Request.Input.Name;
        try
        {
            if (!updates.TryGetValue(name, out handler!) && (handler = Dynamic(name, dynamicUpdate)!) == null)
            {
                throw new InvalidOperationException(
                    $"Update handler for {name} expected but not found, known updates: [{string.Join(' ', updates.Keys.Order())}]");
            }
            if (update.RunValidator && (handler.ValidatorMethod != null || handler.ValidatorDelegate != null))
            {
                Validate(name, NewUpdateInput(update, handler));
            }
            // Decoded once more, so that a validator that changes its arguments changes nothing.
            input = NewUpdateInput(update, handler);
            return true;
        }
#pragma warning disable CA1031 // Whatever a validator throws refuses the update; nothing of it reaches history.
        catch (Exception e) when (taskFailure == null)
        {
            Request(new WorkflowRequest.RejectUpdate(
                update.ProtocolInstanceId, failureConverter.ToFailure(e, payloadConverter)));
            return false;
        }
#pragma warning restore CA1031
    }

    private void Validate(string name, HandleUpdateInput input)
    {
        readOnlyPart = $"Update validator for {name}";
        try
        {
            inbound.ValidateUpdate(input);
        }
        catch (Exceptions.InvalidWorkflowOperationException e)
        {
            // A validator that asks for something is a mistake in code, not a reason to refuse the update.
            Fail(e);
            throw;
        }
        finally
        {
            readOnlyPart = null;
        }
    }

    private HandleUpdateInput NewUpdateInput(ActivationJob.Update update, WorkflowUpdateDefinition handler)
    {
        var call = update.Request.Input;
        var arguments = Invocation.DecodeArguments(
            payloadConverter,
            handler.Method ?? handler.Delegate!.Method,
            Arguments(call.Args),
            $"Update {call.Name}",
            handler.Dynamic,
            call.Name);
        return new(update.Request.Meta.UpdateId, call.Name, handler, arguments, Headers(call.Header));
    }

    private void WarnOfUnfinishedHandlers()
    {
        var unfinished = runningHandlers.Where(h => h.Policy == HandlerUnfinishedPolicy.WarnAndAbandon).ToArray();
        if (unfinished.Length > 0)
        {
            Logger.LogWarning(
                "[TMPRL1102] Workflow ends while handlers are still running, which are given up: {Handlers}. Wait for " +
                "Workflow.AllHandlersFinished, or set the handler's UnfinishedPolicy to Abandon",
                string.Join(", ", unfinished.Select(h => h.Id == null ? $"{h.Kind} {h.Name}" : $"{h.Kind} {h.Name} with id {h.Id}")));
        }
    }

    private sealed record RunningHandler(string Kind, string Name, string? Id, HandlerUnfinishedPolicy Policy);
}
