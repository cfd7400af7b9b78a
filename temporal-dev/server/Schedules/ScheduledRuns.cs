using Grpc.Core;
using Temporalio.Api.Failure.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Frontend;

namespace Temporalio.DevServer.Schedules;

/// <summary>What schedules want of executions.</summary>
internal interface IScheduledRuns
{
    /// <summary>Raised when a run has closed, after its commit; whoever hears it does nothing that waits.</summary>
    event Action<RunKey, WorkflowExecutionStatus>? Closed;

    /// <summary>Checks a start as a frontend checks one, and fills in its defaults.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is refused, whenever it is tried.</exception>
    void Prepare(string namespaceId, StartWorkflowExecutionRequest request);

    /// <summary>Starts a run and writes a document in one transaction: both or neither.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is refused; the document is not written.</exception>
    Task StartAsync(string namespaceId, StartWorkflowExecutionRequest request, string runId, DocumentWrite document, CancellationToken cancellationToken);

    /// <summary>How the chain of runs that began with this one ended, or null while it goes on.</summary>
    ValueTask<RunOutcome?> OutcomeAsync(string namespaceId, WorkflowExecution first, CancellationToken cancellationToken);

    /// <summary>Asks a chain of runs to end. One that has ended is no error.</summary>
    Task CancelAsync(string namespaceId, WorkflowExecution first, string identity, string reason, CancellationToken cancellationToken);

    /// <summary>Ends a chain of runs. One that has ended is no error.</summary>
    Task TerminateAsync(string namespaceId, WorkflowExecution first, string identity, string reason, CancellationToken cancellationToken);
}

/// <summary>How a chain of runs ended.</summary>
/// <param name="Status">Of its last run; Unspecified where that is no longer known.</param>
/// <param name="Result">What it returned.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record RunOutcome(WorkflowExecutionStatus Status, Payloads? Result, Failure? Failure);

/// <summary>The runs of schedules, on the engine.</summary>
internal sealed class EngineScheduledRuns(ExecutionEngine engine, INamespaceFacts namespaces) : IScheduledRuns
{
    /// <summary>Runs that are followed one after the other, at most: longer chains are looked at again when their last run closes.</summary>
    private const int MaxFollowed = 1000;

    public event Action<RunKey, WorkflowExecutionStatus>? Closed
    {
        add => engine.Closed += value;
        remove => engine.Closed -= value;
    }

    public void Prepare(string namespaceId, StartWorkflowExecutionRequest request) => StartCheck.Complete(request, WorkflowIdConflictPolicy.Fail);

    public async Task StartAsync(string namespaceId, StartWorkflowExecutionRequest request, string runId, DocumentWrite document, CancellationToken cancellationToken) =>
        await engine.StartAsync(Space(namespaceId), request, new StartExtras { RunId = runId, Documents = [document] }, cancellationToken);

    public async ValueTask<RunOutcome?> OutcomeAsync(string namespaceId, WorkflowExecution first, CancellationToken cancellationToken)
    {
        if (namespaces.ById(namespaceId) is not { } space)
            return Unknown();
        try
        {
            // The current run is usually the last of the chain; where others have taken the id since, the chain is followed from its start.
            var run = await ReadAsync(space, first.WorkflowId, "", cancellationToken);
            if (run.FirstRunId != first.RunId)
                run = await ReadAsync(space, first.WorkflowId, first.RunId, cancellationToken);
            for (var followed = 0; followed < MaxFollowed && run.Close is not null && Next(run.Close) is { Length: > 0 } next; followed++)
                run = await ReadAsync(space, first.WorkflowId, next, cancellationToken);
            return run.Close is null ? null : Outcome(run.Status, run.Close);
        }
        catch (RpcRefusal e) when (e.StatusCode == StatusCode.NotFound)
        {
            return Unknown();
        }
    }

    public Task CancelAsync(string namespaceId, WorkflowExecution first, string identity, string reason, CancellationToken cancellationToken) =>
        EndAsync(namespaceId, first, t => t.RequestCancel(new CancelFacts(reason, identity, Guid.NewGuid().ToString("D"), [])), cancellationToken);

    public Task TerminateAsync(string namespaceId, WorkflowExecution first, string identity, string reason, CancellationToken cancellationToken) =>
        EndAsync(namespaceId, first, t => t.Terminate(reason, null, identity, []), cancellationToken);

    private async Task EndAsync(string namespaceId, WorkflowExecution first, Action<Transition> verb, CancellationToken cancellationToken)
    {
        try
        {
            await engine.ChangeAsync(
                Space(namespaceId),
                first.WorkflowId,
                "",
                t =>
                {
                    ExecutionEngine.RequireFirstRun(t.State, first.RunId);
                    verb(t);
                },
                cancellationToken);
        }
        catch (RpcRefusal)
        {
            // It has ended, or was asked to already: that is what was wanted.
        }
    }

    private async Task<ReadRun> ReadAsync(NamespaceFacts space, string workflowId, string runId, CancellationToken cancellationToken) =>
        await engine.ReadAsync(space, workflowId, runId, s => new ReadRun(s.Status, s.Started.FirstExecutionRunId, s.IsOpen ? null : s.CloseEvent), cancellationToken);

    private NamespaceFacts Space(string namespaceId) => namespaces.ById(namespaceId) ?? throw RpcRefusal.NotFound("The schedule's namespace is gone.");

    private static RunOutcome Unknown() => new(WorkflowExecutionStatus.Unspecified, null, null);

    private static RunOutcome Outcome(WorkflowExecutionStatus status, HistoryEvent close) =>
        new(status, close.WorkflowExecutionCompletedEventAttributes?.Result, close.WorkflowExecutionFailedEventAttributes?.Failure);

    private static string? Next(HistoryEvent close) => close.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes => close.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes => close.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes => close.WorkflowExecutionFailedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes => close.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId,
        _ => null,
    };

    private sealed record ReadRun(WorkflowExecutionStatus Status, string FirstRunId, HistoryEvent? Close);
}
