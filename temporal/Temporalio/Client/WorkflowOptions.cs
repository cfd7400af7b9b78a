using System.Linq.Expressions;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <summary>How a workflow is started. <see cref="Id"/> and <see cref="TaskQueue"/> are required.</summary>
public class WorkflowOptions : ICloneable
{
    /// <summary>Creates options; id and task queue are still to be set.</summary>
    public WorkflowOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="id">Workflow id.</param>
    /// <param name="taskQueue">Task queue that its workers poll.</param>
    public WorkflowOptions(string id, string taskQueue)
    {
        Id = id;
        TaskQueue = taskQueue;
    }

    /// <summary>Workflow id, unique among the running workflows of the namespace.</summary>
    public string? Id { get; set; }

    /// <summary>Task queue that its workers poll.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>One line that user interfaces show, in Temporal's markdown. It never changes.</summary>
    public string? StaticSummary { get; set; }

    /// <summary>Text that user interfaces show, in Temporal's markdown. It never changes.</summary>
    public string? StaticDetails { get; set; }

    /// <summary>Longest time for all runs together, retries and continue-as-new included.</summary>
    public TimeSpan? ExecutionTimeout { get; set; }

    /// <summary>Longest time for one run.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>Longest time for one workflow task. Default 10 s at the server.</summary>
    public TimeSpan? TaskTimeout { get; set; }

    /// <summary>What happens if a closed workflow had the id. Default: a new one starts.</summary>
    public WorkflowIdReusePolicy IdReusePolicy { get; set; } = WorkflowIdReusePolicy.AllowDuplicate;

    /// <summary>What happens if a running workflow has the id. Not specified means: the start fails.</summary>
    public WorkflowIdConflictPolicy IdConflictPolicy { get; set; } = WorkflowIdConflictPolicy.Unspecified;

    /// <summary>How a failed workflow is run again. Unset means never.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>Cron expression on which it runs again.</summary>
    public string? CronSchedule { get; set; }

    /// <summary>Values that are kept with the workflow; none may be null.</summary>
    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    /// <summary>Values that workflows can be searched by. They are stored in the clear.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Time to wait before the first workflow task. It cannot be combined with a cron schedule.</summary>
    public TimeSpan? StartDelay { get; set; }

    /// <summary>Signal to send along: to a new workflow if none with the id runs, else to the one that runs.</summary>
    public string? StartSignal { get; set; }

    /// <summary>Arguments of <see cref="StartSignal"/>.</summary>
    public IReadOnlyCollection<object?>? StartSignalArgs { get; set; }

    /// <summary>
    /// Asks for the first workflow task with the answer to the start, for a worker on this client. The server may refuse;
    /// without such a worker it has no effect.
    /// </summary>
    public bool RequestEagerStart { get; set; }

    /// <summary>Order among the tasks of its queue.</summary>
    public Priority? Priority { get; set; }

    /// <summary>Worker version it runs on, instead of what its own behavior says.</summary>
    public VersioningOverride? VersioningOverride { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Gets or sets links of the start, for Nexus operations.</summary>
    internal IReadOnlyCollection<Api.Common.V1.Link>? Links { get; set; }

    /// <summary>Gets or sets what is told of the end, for Nexus operations.</summary>
    internal IReadOnlyCollection<Api.Common.V1.Callback>? CompletionCallbacks { get; set; }

    /// <summary>Gets or sets the request id, for Nexus operations; unset means a new one.</summary>
    internal string? RequestId { get; set; }

    /// <summary>Gets or sets a value indicating whether links and callbacks join a run that exists already.</summary>
    internal bool AttachesToExisting { get; set; }

    /// <summary>Sets the signal to send along.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="signalCall">Call of a signal method.</param>
    public void SignalWithStart<TWorkflow>(Expression<Func<TWorkflow, Task>> signalCall)
    {
        var (method, args) = ExpressionUtil.ExtractCall(signalCall);
        SignalWithStart(WorkflowSignalDefinition.NameFromMethodForCall(method), args);
    }

    /// <summary>Sets the signal to send along.</summary>
    /// <param name="signal">Name of the signal.</param>
    /// <param name="args">Its arguments.</param>
    public void SignalWithStart(string signal, IReadOnlyCollection<object?> args)
    {
        StartSignal = signal;
        StartSignalArgs = args;
    }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
