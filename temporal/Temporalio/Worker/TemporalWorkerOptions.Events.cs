namespace Temporalio.Worker;

/// <content>
/// Events and plugins.
/// </content>
public partial class TemporalWorkerOptions
{
    /// <summary>
    /// Occurs before workflow code runs for a workflow task. It runs on the workflow's thread: what it throws fails the task,
    /// and it must not take long. Handlers are taken when the worker is made.
    /// </summary>
    public event EventHandler<WorkflowTaskStartingEventArgs>? WorkflowTaskStarting;

    /// <summary>
    /// Occurs after workflow code has run for a workflow task, with the failure if it failed. The same rules as for
    /// <see cref="WorkflowTaskStarting" />.
    /// </summary>
    public event EventHandler<WorkflowTaskCompletedEventArgs>? WorkflowTaskCompleted;

    /// <summary>Gets or sets the plugins, applied when the worker is made. Those of the client that are worker plugins come before them and need not be repeated.</summary>
    public IReadOnlyCollection<ITemporalWorkerPlugin>? Plugins { get; set; }

    /// <summary>The handlers of <see cref="WorkflowTaskStarting" />.</summary>
    /// <returns>What calls them, null without any.</returns>
    internal Action<WorkflowTaskStartingEventArgs>? TaskStartingEvent() =>
        WorkflowTaskStarting is { } handlers ? args => handlers(this, args) : null;

    /// <summary>The handlers of <see cref="WorkflowTaskCompleted" />.</summary>
    /// <returns>What calls them, null without any.</returns>
    internal Action<WorkflowTaskCompletedEventArgs>? TaskCompletedEvent() =>
        WorkflowTaskCompleted is { } handlers ? args => handlers(this, args) : null;
}
