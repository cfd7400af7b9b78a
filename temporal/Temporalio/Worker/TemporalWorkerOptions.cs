using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Worker.Tuning;
using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>
/// Options of a <c>TemporalWorker</c>. A task queue and at least one workflow, activity or Nexus service are required. Defaults are
/// those of the official SDK.
/// </summary>
public partial class TemporalWorkerOptions : ICloneable
{
    private const int DefaultSlots = 100;

    private IList<ActivityDefinition> activities = new List<ActivityDefinition>();
    private IList<WorkflowDefinition> workflows = new List<WorkflowDefinition>();

    /// <summary>Initializes a new instance of the <see cref="TemporalWorkerOptions"/> class.</summary>
    public TemporalWorkerOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TemporalWorkerOptions"/> class.</summary>
    /// <param name="taskQueue">Task queue to poll.</param>
    public TemporalWorkerOptions(string taskQueue) => TaskQueue = taskQueue;

    /// <summary>Gets or sets the task queue to poll.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>Gets the activities.</summary>
    public IList<ActivityDefinition> Activities => activities;

    /// <summary>Gets the workflows.</summary>
    public IList<WorkflowDefinition> Workflows => workflows;

    /// <summary>Gets or sets what starts activities; the default uses the thread pool.</summary>
    public TaskFactory ActivityTaskFactory { get; set; } = Task.Factory;

    /// <summary>
    /// Gets or sets the interceptors, in order. Those of the client that are worker interceptors come before them and need
    /// not be repeated.
    /// </summary>
    public IReadOnlyCollection<Interceptors.IWorkerInterceptor>? Interceptors { get; set; }

    /// <summary>Gets or sets the build id, for worker versioning by build id. Exclusive with
    /// <see cref="DeploymentOptions" />.</summary>
    [Obsolete("Use DeploymentOptions instead")]
    public string? BuildId { get; set; }

    /// <summary>Gets or sets a value indicating whether workflow tasks are routed by build id. Exclusive with
    /// <see cref="DeploymentOptions" />.</summary>
    [Obsolete("Use DeploymentOptions instead")]
    public bool UseWorkerVersioning { get; set; }

    /// <summary>Gets or sets how this worker takes part in worker versioning.</summary>
    public WorkerDeploymentOptions? DeploymentOptions { get; set; }

    /// <summary>Gets or sets the identity that the server records. Default is the client's.</summary>
    public string? Identity { get; set; }

    /// <summary>Gets or sets the most activities at a time. Default 100. Exclusive with <see cref="Tuner" />.</summary>
    public int? MaxConcurrentActivities { get; set; }

    /// <summary>Gets or sets the longest time between two heartbeats sent. Default 60 s.</summary>
    public TimeSpan MaxHeartbeatThrottleInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets or sets the time between two heartbeats sent for an activity without a heartbeat timeout; with one, it is 0.8 of
    /// that. Default 30 s.
    /// </summary>
    public TimeSpan DefaultHeartbeatThrottleInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the most activities per second that this worker takes.</summary>
    public double? MaxActivitiesPerSecond { get; set; }

    /// <summary>
    /// Gets or sets the most activities per second that the server hands out for the task queue, to all workers together. If
    /// workers disagree, the last poll wins.
    /// </summary>
    public double? MaxTaskQueueActivitiesPerSecond { get; set; }

    /// <summary>Gets or sets how long activities may go on after shutdown has begun before they are cancelled.
    /// Default 0.</summary>
    public TimeSpan GracefulShutdownTimeout { get; set; } = TimeSpan.Zero;

    /// <summary>Gets or sets how many workflows are kept in memory between tasks. 0 switches sticky queues off.
    /// Default 10,000.</summary>
    public int MaxCachedWorkflows { get; set; } = 10000;

    /// <summary>Gets or sets the most workflow tasks at a time. Default 100. Exclusive with <see cref="Tuner" />.</summary>
    public int? MaxConcurrentWorkflowTasks { get; set; }

    /// <summary>Gets or sets the most local activities at a time. Default 100. Exclusive with <see cref="Tuner" />.</summary>
    public int? MaxConcurrentLocalActivities { get; set; }

    /// <summary>Gets or sets a value indicating whether activities are only run as local ones.</summary>
    public bool LocalActivityWorkerOnly { get; set; }

    /// <summary>
    /// Gets or sets how long a workflow task may wait for this worker before any worker may take it. Default 10 s.
    /// </summary>
    public TimeSpan StickyQueueScheduleToStartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the most polls for workflow tasks at a time. Default 5.</summary>
    public int MaxConcurrentWorkflowTaskPolls { get; set; } = 5;

    /// <summary>
    /// Gets or sets the share of <see cref="MaxConcurrentWorkflowTaskPolls" /> that polls the normal queue; the rest polls
    /// the sticky one, and each at least once. Default 0.2.
    /// </summary>
    public float NonStickyToStickyPollRatio { get; set; } = 0.2F;

    /// <summary>Gets or sets the most polls for activities at a time. Default 5.</summary>
    public int MaxConcurrentActivityTaskPolls { get; set; } = 5;

    /// <summary>Gets or sets how workflow tasks are polled; overrides
    /// <see cref="MaxConcurrentWorkflowTaskPolls" />.</summary>
    public PollerBehavior? WorkflowTaskPollerBehavior { get; set; }

    /// <summary>Gets or sets how activities are polled; overrides
    /// <see cref="MaxConcurrentActivityTaskPolls" />.</summary>
    public PollerBehavior? ActivityTaskPollerBehavior { get; set; }

    /// <summary>
    /// Gets or sets the exception types that fail a workflow or update instead of the workflow task, in addition to
    /// <see cref="WorkflowAttribute.FailureExceptionTypes" />. Null means none.
    /// </summary>
    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether deadlock detection is off, for stepping through code. Default is true only
    /// under a debugger or with <c>TEMPORAL_DEBUG</c> set to <c>true</c> or <c>1</c>.
    /// </summary>
    public bool DebugMode { get; set; } = Debugger.IsAttached ||
        Environment.GetEnvironmentVariable("TEMPORAL_DEBUG") is "1" or "true" or "TRUE" or "True";

    /// <summary>Gets or sets a value indicating whether workflow code is not watched for tasks that escape its
    /// scheduler.</summary>
    public bool DisableWorkflowTracingEventListener { get; set; }

    /// <summary>
    /// Gets or sets how the query <c>__stack_trace</c> is answered. The default, none, refuses it: keeping the places where
    /// workflows wait costs something on every wait.
    /// </summary>
    public WorkflowStackTrace WorkflowStackTrace { get; set; } = WorkflowStackTrace.None;

    /// <summary>Gets or sets the logger factory. Default is the client's.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Gets or sets the slot suppliers. Exclusive with the <c>MaxConcurrent…</c> counts of activities, workflow tasks and
    /// local activities.
    /// </summary>
    public WorkerTuner? Tuner { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether activities are never handed to the worker together with the answer to the
    /// workflow task that schedules them. Set it together with <see cref="MaxTaskQueueActivitiesPerSecond" />, which does
    /// not count eager activities.
    /// </summary>
    public bool DisableEagerActivityExecution { get; set; }

    /// <summary>Adds an activity.</summary>
    /// <param name="del">Method with <see cref="ActivityAttribute" />.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddActivity(Delegate del) => AddActivity(ActivityDefinition.Create(del));

    /// <summary>Adds an activity.</summary>
    /// <param name="definition">Its definition.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddActivity(ActivityDefinition definition)
    {
        Activities.Add(definition);
        return this;
    }

    /// <summary>Adds all activities of a type.</summary>
    /// <typeparam name="T">Type with methods that carry <see cref="ActivityAttribute" />.</typeparam>
    /// <param name="instance">Object to call them on; may be null if all are static.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddAllActivities<T>(T? instance) => AddAllActivities(typeof(T), instance);

    /// <summary>Adds all activities of a type.</summary>
    /// <param name="type">Type with methods that carry <see cref="ActivityAttribute" />.</param>
    /// <param name="instance">Object to call them on; may be null if all are static.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddAllActivities(Type type, object? instance)
    {
        foreach (var definition in ActivityDefinition.CreateAll(type, instance))
        {
            AddActivity(definition);
        }
        return this;
    }

    /// <summary>Adds a workflow.</summary>
    /// <typeparam name="T">Class with <see cref="WorkflowAttribute" />.</typeparam>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddWorkflow<T>() => AddWorkflow(typeof(T));

    /// <summary>Adds a workflow.</summary>
    /// <param name="type">Class with <see cref="WorkflowAttribute" />.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddWorkflow(Type type) => AddWorkflow(WorkflowDefinition.Create(type));

    /// <summary>Adds a workflow.</summary>
    /// <param name="definition">Its definition.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddWorkflow(WorkflowDefinition definition)
    {
        Workflows.Add(definition);
        return this;
    }

    /// <summary>Creates a copy whose lists of activities and workflows are its own.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (TemporalWorkerOptions)MemberwiseClone();
        copy.activities = new List<ActivityDefinition>(Activities);
        copy.workflows = new List<WorkflowDefinition>(Workflows);
        copy.nexusServices = new List<NexusRpc.Handlers.ServiceHandlerInstance>(NexusServices);
        copy.DeploymentOptions = (WorkerDeploymentOptions?)DeploymentOptions?.Clone();
        return copy;
    }

    /// <summary>The slot suppliers that these options amount to.</summary>
    /// <returns>The tuner.</returns>
    /// <exception cref="ArgumentException">Both a tuner and counts are set.</exception>
    internal WorkerTuner EffectiveTuner()
    {
        if (Tuner == null)
        {
            return WorkerTuner.CreateFixedSize(
                MaxConcurrentWorkflowTasks ?? DefaultSlots,
                MaxConcurrentActivities ?? DefaultSlots,
                MaxConcurrentLocalActivities ?? DefaultSlots,
                MaxConcurrentNexusTasks ?? DefaultSlots);
        }
        return MaxConcurrentWorkflowTasks == null && MaxConcurrentActivities == null && MaxConcurrentLocalActivities == null &&
            MaxConcurrentNexusTasks == null
            ? Tuner
            : throw new ArgumentException("Cannot set both Tuner and any of MaxConcurrentWorkflowTasks, " +
                "MaxConcurrentActivities, MaxConcurrentLocalActivities, or MaxConcurrentNexusTasks");
    }
}
