using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>
/// Options of a <see cref="WorkflowReplayer"/>. At least one workflow is required.
/// </summary>
public class WorkflowReplayerOptions : ICloneable
{
    private IList<WorkflowDefinition> workflows = [];

    /// <summary>Gets the workflows.</summary>
    public IList<WorkflowDefinition> Workflows => workflows;

    /// <summary>Gets or sets the namespace that workflows see.</summary>
    public string Namespace { get; set; } = "ReplayNamespace";

    /// <summary>Gets or sets the task queue that workflows see.</summary>
    public string TaskQueue { get; set; } = "ReplayTaskQueue";

    /// <summary>Gets or sets the converters.</summary>
    public DataConverter DataConverter { get; set; } = DataConverter.Default;

    /// <summary>Gets or sets the interceptors, outermost first.</summary>
    public IReadOnlyCollection<Interceptors.IWorkerInterceptor>? Interceptors { get; set; }

    /// <summary>Gets or sets the build id.</summary>
    public string? BuildId { get; set; }

    /// <summary>Gets or sets the identity.</summary>
    public string? Identity { get; set; }

    /// <summary>Gets or sets a value indicating whether code may run without waiting for as long as it likes.</summary>
    public bool DebugMode { get; set; } = System.Diagnostics.Debugger.IsAttached;

    /// <summary>Gets or sets a value indicating whether work that leaves a workflow's scheduler is not looked for.</summary>
    public bool DisableWorkflowTracingEventListener { get; set; }

    /// <summary>Gets or sets exception types that fail workflows, beyond those of their attributes.</summary>
    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes { get; set; }

    /// <summary>Gets or sets the factory of loggers.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Gets or sets the plugins, applied when the replayer is made.</summary>
    public IReadOnlyCollection<ITemporalWorkerPlugin>? Plugins { get; set; }

    /// <summary>Adds a workflow.</summary>
    /// <typeparam name="T">Workflow type.</typeparam>
    /// <returns>These options.</returns>
    public WorkflowReplayerOptions AddWorkflow<T>() => AddWorkflow(typeof(T));

    /// <summary>Adds a workflow.</summary>
    /// <param name="type">Workflow type.</param>
    /// <returns>These options.</returns>
    public WorkflowReplayerOptions AddWorkflow(Type type) => AddWorkflow(WorkflowDefinition.Create(type));

    /// <summary>Adds a workflow.</summary>
    /// <param name="definition">Workflow definition.</param>
    /// <returns>These options.</returns>
    public WorkflowReplayerOptions AddWorkflow(WorkflowDefinition definition)
    {
        Workflows.Add(definition);
        return this;
    }

    /// <summary>Copies the options and the list of workflows.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowReplayerOptions)MemberwiseClone();
        copy.workflows = [.. Workflows];
        return copy;
    }
}
