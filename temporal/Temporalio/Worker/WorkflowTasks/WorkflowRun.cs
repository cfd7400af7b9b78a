using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Worker.WorkflowRuntime;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// One workflow run in this process: its machines and its instance, kept between workflow tasks.
/// </summary>
/// <remarks>Not for concurrent use; whoever uses it holds <see cref="Gate"/>.</remarks>
internal sealed class WorkflowRun
{
    private readonly WorkflowRunOptions options;
    private readonly LocalActivityTasks localActivities;
    private WorkflowInstance? instance;

    /// <summary>Initializes a new instance of the <see cref="WorkflowRun"/> class.</summary>
    /// <param name="options">What all runs have in common.</param>
    /// <param name="workflowId">Workflow id.</param>
    /// <param name="runId">Run id.</param>
    internal WorkflowRun(WorkflowRunOptions options, string workflowId, string runId)
    {
        this.options = options;
        Machines = new(workflowId, runId, options.Deployment, options.CanWriteFlags);
        DataConverter = options.DataConverter.WithSerializationContext(
            new ISerializationContext.Workflow(options.Namespace, workflowId));
        localActivities = new(Machines.LocalActivities, options.LocalActivities);
    }

    /// <summary>Gets the lock that keeps tasks and queries of the run apart.</summary>
    internal SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Gets the run id.</summary>
    internal string RunId => Machines.RunId;

    /// <summary>Gets the machines.</summary>
    internal WorkflowMachines Machines { get; }

    /// <summary>Gets the converters in the context of the workflow.</summary>
    internal DataConverter DataConverter { get; }

    /// <summary>Gets what applies the codecs, null if there is none.</summary>
    internal PayloadCodecVisitor? Codec => DataConverter.PayloadCodec is { } codec
        ? new(codec, options.DataConverter.PayloadCodec ?? codec)
        : null;

    /// <summary>Gets the name of the workflow type, empty before the run has begun.</summary>
    internal string WorkflowType => instance?.Info.WorkflowType ?? string.Empty;

    /// <summary>Gets when the run started, UTC; null before it has begun.</summary>
    internal DateTime? StartTime => instance?.Info.WorkflowStartTime;

    /// <summary>Gets how the workflow moves between worker deployment versions, null before the run has begun.</summary>
    internal Common.VersioningBehavior? VersioningBehavior => instance?.VersioningBehavior;

    /// <summary>Gets the exception types that fail the workflow; none before the run has begun.</summary>
    internal IReadOnlyCollection<Type> FailureExceptionTypes => instance?.FailureExceptionTypes ?? [];

    /// <summary>Gets the longest that a workflow task may take.</summary>
    internal TimeSpan TaskTimeout => instance?.Info.TaskTimeout is { Ticks: > 0 } timeout ? timeout : TimeSpan.FromSeconds(10);

    /// <summary>Lets go of what runs for the workflow. A task that still uses it can do so to its end.</summary>
    internal void Release() => localActivities.CancelAll();

    /// <summary>Applies the events of a workflow task and runs the workflow until it waits.</summary>
    /// <param name="events">Events that the run has not seen, decoded.</param>
    /// <param name="previousStartedEventId">Start of the last workflow task that was completed, 0 if none was.</param>
    /// <param name="messages">Update requests, decoded.</param>
    /// <returns>Task.</returns>
    /// <exception cref="WorkflowNondeterminismException">The workflow does not do what history says.</exception>
    /// <exception cref="WorkflowTaskFailure">The workflow's code fails the task.</exception>
    internal async Task AdvanceAsync(
        IReadOnlyList<HistoryEvent> events, long previousStartedEventId, IReadOnlyList<Message> messages)
    {
        Machines.Feed(events, previousStartedEventId, messages);
        do
        {
            Machines.ApplyNextTask();
            await RunJobsAsync().ConfigureAwait(false);
        }
        while (!Machines.IsCaughtUp && !Machines.SawTerminalEvent);
    }

    /// <summary>Runs local activities until none is left, or the task has to be prolonged.</summary>
    /// <param name="deadline">When the task has to be prolonged.</param>
    /// <returns>True if local activities are left.</returns>
    /// <exception cref="WorkflowTaskFailure">The workflow's code fails the task.</exception>
    internal async Task<bool> RunLocalActivitiesAsync(Task deadline)
    {
        while (true)
        {
            localActivities.Start();
            if (Machines.LocalActivities.Outstanding == 0)
            {
                return false;
            }
            var ended = await localActivities.AnyEndAsync(deadline).ConfigureAwait(false);
            if (ended.Count == 0)
            {
                return true;
            }
            foreach (var (sequence, outcome) in ended)
            {
                Machines.ResolveLocalActivity(sequence, outcome);
            }
            await RunJobsAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Asks the workflow.</summary>
    /// <param name="queries">Queries by id, decoded.</param>
    /// <returns>Answers by id, not yet encoded.</returns>
    /// <exception cref="WorkflowTaskFailure">The workflow's code fails the task.</exception>
    internal async Task<IReadOnlyDictionary<string, WorkflowQueryResult>> QueryAsync(
        IEnumerable<KeyValuePair<string, WorkflowQuery>> queries)
    {
        var jobs = queries.Select(q => new ActivationJob.Query(q.Key, q.Value)).ToArray();
        if (jobs.Length == 0)
        {
            return new Dictionary<string, WorkflowQueryResult>();
        }
        if (instance == null)
        {
            throw new InvalidOperationException("The workflow has not begun, so it cannot be asked");
        }
        return (await ActivateAsync(instance, Machines.NewQueryActivation(jobs)).ConfigureAwait(false)).Answers;
    }

    private async Task RunJobsAsync()
    {
        while (Machines.HasJobs)
        {
            var activation = Machines.TakeActivation();
            instance ??= NewInstance(activation);
            var outcome = await ActivateAsync(instance, activation).ConfigureAwait(false);
            Machines.Handle(outcome.Requests, outcome.UsedFlags);
        }
    }

    private WorkflowInstance NewInstance(Activation first)
    {
        if (first.Jobs[0] is not ActivationJob.Initialize start)
        {
            throw new InvalidOperationException("History does not begin with the start of the workflow");
        }
        return new(
            new()
            {
                Definition = options.Workflows.Find(start.Started.WorkflowType.Name),
                Start = start,
                FirstTaskTime = first.Timestamp,
                Namespace = options.Namespace,
                TaskQueue = options.TaskQueue,
                WorkflowId = Machines.WorkflowId,
                RunId = Machines.RunId,
                DataConverter = DataConverter,
                PlainConverter = options.DataConverter,
                MetricMeter = options.MetricMeter,
                AssertLocalActivity = options.AssertLocalActivity,
                TaskStarting = options.TaskStarting,
                TaskCompleted = options.TaskCompleted,
                Interceptors = options.Interceptors,
                LoggerFactory = options.LoggerFactory,
                FailureExceptionTypes = options.FailureExceptionTypes,
                DetectsEscapes = options.DetectsEscapes,
                StackTrace = options.StackTrace,
                PatchActivation = options.PatchActivation,
                DisableEagerActivityExecution = options.DisableEagerActivityExecution,
            },
            first);
    }

    private async Task<ActivationOutcome> ActivateAsync(WorkflowInstance workflow, Activation activation)
    {
        // A task of its own, so that code that never gives the thread back can be left behind.
        var running = Task.Run(() => workflow.Activate(activation));
        try
        {
            var outcome = await running.WaitAsync(options.DeadlockTimeout).ConfigureAwait(false);
            return outcome.TaskFailure == null ? outcome : throw new WorkflowTaskFailure(outcome.TaskFailure);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            throw new WorkflowTaskFailure(new InvalidWorkflowOperationException(
                $"[TMPRL1101] Workflow with ID {Machines.WorkflowId} deadlocked after " +
                $"{options.DeadlockTimeout.TotalMilliseconds:0} ms: {workflow.Info.WorkflowType} held its thread without waiting",
                workflow.DescribeDeadlock()));
        }
    }
}
