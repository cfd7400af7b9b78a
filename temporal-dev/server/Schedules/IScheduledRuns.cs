using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Storage;

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
