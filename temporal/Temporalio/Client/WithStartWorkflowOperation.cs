using System.Linq.Expressions;
using Temporalio.Api.Common.V1;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <summary>How an update starts its workflow if need be. Each one can be used for one call.</summary>
public abstract class WithStartWorkflowOperation : ICloneable
{
    private int used;

    /// <summary>Creates an operation.</summary>
    /// <param name="workflow">Type name of the workflow.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How to start it.</param>
    internal WithStartWorkflowOperation(string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        Workflow = workflow;
        Args = args;
        Options = options;
    }

    /// <summary>Type name of the workflow.</summary>
    public string Workflow { get; set; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyCollection<object?> Args { get; set; }

    /// <summary>How to start it.</summary>
    public WorkflowOptions Options { get; set; }

    /// <summary>Headers of the start, which interceptors may change.</summary>
    public IDictionary<string, Payload>? Headers { get; set; }

    /// <summary>Whether the handle or an error has been set.</summary>
    internal abstract bool IsCompleted { get; }

    /// <summary>Creates an operation for a workflow that has a result.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="workflowRunCall">Call of its run method.</param>
    /// <param name="options">
    /// How to start it. Id, task queue and id conflict policy are required; start signal, eager start and call options are not
    /// allowed.
    /// </param>
    /// <returns>The operation.</returns>
    public static WithStartWorkflowOperation<WorkflowHandle<TWorkflow, TResult>> Create<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return new(
            WorkflowDefinition.NameFromRunMethodForCall(method),
            args,
            options,
            (client, id, runId) => new(client, id, RunId: null, ResultRunId: runId, FirstExecutionRunId: runId));
    }

    /// <summary>Creates an operation for a workflow without a result.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="workflowRunCall">Call of its run method.</param>
    /// <param name="options">
    /// How to start it. Id, task queue and id conflict policy are required; start signal, eager start and call options are not
    /// allowed.
    /// </param>
    /// <returns>The operation.</returns>
    public static WithStartWorkflowOperation<WorkflowHandle<TWorkflow>> Create<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return new(
            WorkflowDefinition.NameFromRunMethodForCall(method),
            args,
            options,
            (client, id, runId) => new(client, id, RunId: null, ResultRunId: runId, FirstExecutionRunId: runId));
    }

    /// <summary>Creates an operation by name.</summary>
    /// <param name="workflow">Type name of the workflow.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">
    /// How to start it. Id, task queue and id conflict policy are required; start signal, eager start and call options are not
    /// allowed.
    /// </param>
    /// <returns>The operation.</returns>
    public static WithStartWorkflowOperation<WorkflowHandle> Create(
        string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options) => new(
        workflow,
        args,
        options,
        (client, id, runId) => new(client, id, RunId: null, ResultRunId: runId, FirstExecutionRunId: runId));

    /// <summary>Makes a copy with copied options. Both share the handle that the call will give.</summary>
    /// <returns>The copy.</returns>
    public abstract object Clone();

    /// <summary>Takes the operation for a call.</summary>
    /// <returns>False if it has been taken before.</returns>
    internal bool TryMarkUsed() => Interlocked.Exchange(ref used, 1) == 0;

    /// <summary>Gives the handle to whoever waits for it.</summary>
    internal abstract void SetStarted(ITemporalClient client, string workflowId, string runId);

    /// <summary>Gives an error to whoever waits for the handle.</summary>
    internal abstract void SetException(Exception exception);
}
