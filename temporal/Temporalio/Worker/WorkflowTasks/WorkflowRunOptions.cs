using Microsoft.Extensions.Logging;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// What all runs of a worker, or of a replayer, have in common.
/// </summary>
internal sealed record WorkflowRunOptions
{
    /// <summary>How long workflow code may run without waiting for anything.</summary>
    internal static readonly TimeSpan DefaultDeadlockTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Gets the workflows.</summary>
    public required WorkflowRegistry Workflows { get; init; }

    /// <summary>Gets the namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Gets the task queue.</summary>
    public required string TaskQueue { get; init; }

    /// <summary>Gets the deployment version, null if there is none; its name is empty if there is a build id only.</summary>
    public Common.WorkerDeploymentVersion? Deployment { get; init; }

    /// <summary>Gets the converters.</summary>
    public required DataConverter DataConverter { get; init; }

    /// <summary>Gets the meter that workflows' are made from, null for none.</summary>
    public Lazy<Common.MetricMeter>? MetricMeter { get; init; }

    /// <summary>Gets what throws if the worker does not have a local activity, null for no check.</summary>
    public Action<string>? AssertLocalActivity { get; init; }

    /// <summary>Gets what is told before a run is activated.</summary>
    public Action<WorkflowTaskStartingEventArgs>? TaskStarting { get; init; }

    /// <summary>Gets what is told after a run was activated.</summary>
    public Action<WorkflowTaskCompletedEventArgs>? TaskCompleted { get; init; }

    /// <summary>Gets the factory of loggers.</summary>
    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>Gets the interceptors, outermost first.</summary>
    public IReadOnlyCollection<IWorkerInterceptor> Interceptors { get; init; } = [];

    /// <summary>Gets exception types that fail workflows, beyond those of their attributes.</summary>
    public IReadOnlyCollection<Type> FailureExceptionTypes { get; init; } = [];

    /// <summary>Gets how long workflow code may run without waiting; infinite when debugging.</summary>
    public TimeSpan DeadlockTimeout { get; init; } = DefaultDeadlockTimeout;

    /// <summary>Gets a value indicating whether work that leaves a workflow's scheduler is detected.</summary>
    public bool DetectsEscapes { get; init; } = true;

    /// <summary>Gets whether the places where workflows wait are kept.</summary>
    public WorkflowStackTrace StackTrace { get; init; }

    /// <summary>Gets a value indicating whether the server keeps SDK flags.</summary>
    public bool CanWriteFlags { get; init; } = true;

    /// <summary>Gets what decides whether a new patch is taken, null to take every one.</summary>
    public Func<PatchActivationInput, bool>? PatchActivation { get; init; }

    /// <summary>Gets a value indicating whether activities may not be handed out with a task's completion.</summary>
    public bool DisableEagerActivityExecution { get; init; }

    /// <summary>Gets what runs local activities, null if nothing does.</summary>
    public ILocalActivityRunner? LocalActivities { get; init; }
}
