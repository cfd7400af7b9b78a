using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Schedules;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Tests.Schedules;

/// <summary>Runs that a test closes. A document is stored with its start, as the engine does it.</summary>
internal sealed class FakeRuns(IStore store, ManualClock clock) : IScheduledRuns
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, RunOutcome?> runs = [];
    private readonly List<string> started = [];

    public event Action<RunKey, WorkflowExecutionStatus>? Closed;

    /// <summary>What was started, as <c>workflow id @ time</c>.</summary>
    public IReadOnlyList<string> Started
    {
        get
        {
            lock (gate)
                return [.. started];
        }
    }

    public List<StartWorkflowExecutionRequest> Requests { get; } = [];

    public List<string> Ended { get; } = [];

    /// <summary>Thrown by the next starts, instead of starting.</summary>
    public Queue<Exception> Failures { get; } = new();

    public void Prepare(string namespaceId, StartWorkflowExecutionRequest request)
    {
        // The engine's checks are not of interest here.
    }

    public async Task StartAsync(string namespaceId, StartWorkflowExecutionRequest request, string runId, DocumentWrite document, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Failures.TryDequeue(out var failure))
                throw failure;
            if (runs.ContainsKey(request.WorkflowId))
                throw new RpcException(new Status(StatusCode.AlreadyExists, "taken"));
        }

        await store.CommitAsync(new StoreTransaction { Documents = [document] }, cancellationToken);
        lock (gate)
        {
            runs.Add(request.WorkflowId, null);
            started.Add($"{request.WorkflowId} @ {clock.Now.UtcDateTime:HH:mm:ss}");
            Requests.Add(request);
        }
    }

    public ValueTask<RunOutcome?> OutcomeAsync(string namespaceId, WorkflowExecution first, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(runs[first.WorkflowId]);
    }

    public Task CancelAsync(string namespaceId, WorkflowExecution first, string identity, string reason, CancellationToken cancellationToken)
    {
        lock (gate)
            Ended.Add($"cancel {first.WorkflowId}: {reason}");
        return Task.CompletedTask;
    }

    public Task TerminateAsync(string namespaceId, WorkflowExecution first, string identity, string reason, CancellationToken cancellationToken)
    {
        lock (gate)
            Ended.Add($"terminate {first.WorkflowId}: {reason}");
        Close(first.WorkflowId, WorkflowExecutionStatus.Terminated);
        return Task.CompletedTask;
    }

    /// <summary>Closes a run.</summary>
    public void Close(string workflowId, WorkflowExecutionStatus status, Payloads? result = null, Failure? failure = null)
    {
        lock (gate)
            runs[workflowId] = new RunOutcome(status, result, failure);
        Closed?.Invoke(new RunKey(Storage.Sample.NamespaceId, workflowId, Guid.NewGuid().ToString("D")), status);
    }
}
