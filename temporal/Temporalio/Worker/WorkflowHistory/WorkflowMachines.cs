using Temporalio.Api.Command.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// One workflow run between history and workflow code: turns events into what the code is told, and what the code asks
/// for into commands, and sees to it that on replay the code asks for what history says it asked for.
/// </summary>
/// <remarks>
/// Not for concurrent use. The order of things follows the core of the official SDKs, since it decides whether a
/// history replays.
/// </remarks>
internal sealed partial class WorkflowMachines
{
    private readonly WorkerDeploymentVersion? deployment;
    private readonly List<ActivationJob> jobs = [];
    private readonly LinkedList<PendingCommand> commands = new();
    private readonly List<Message> outgoingMessages = [];
    private readonly List<IncomingUpdate> incomingUpdates = [];
    private readonly Dictionary<long, CommandMachine> machinesByEventId = [];
    private HistoryQueue history = new([], 0);
    private DateTime currentTime;
    private DateTime taskStartTime;
    private (long EventId, DateTime Time) lastStarted;
    private long currentStartedEventId;
    private long nextStartedEventId;
    private long historySizeBytes;
    private bool continueAsNewSuggested;
    private IReadOnlyCollection<SuggestContinueAsNewReason> continueAsNewReasons = [];
    private bool targetDeploymentChanged;
    private WorkerDeploymentVersion? taskDeployment;

    /// <summary>Initializes a new instance of the <see cref="WorkflowMachines"/> class.</summary>
    /// <param name="workflowId">Workflow id.</param>
    /// <param name="runId">Run id.</param>
    /// <param name="deployment">Deployment version of this worker, null without one.</param>
    /// <param name="canWriteFlags">Whether the server keeps SDK flags.</param>
    internal WorkflowMachines(string workflowId, string runId, WorkerDeploymentVersion? deployment, bool canWriteFlags)
    {
        WorkflowId = workflowId;
        RunId = runId;
        this.deployment = deployment;
        Flags = new(canWriteFlags);
    }

    /// <summary>Gets the workflow id.</summary>
    internal string WorkflowId { get; }

    /// <summary>Gets the run id.</summary>
    internal string RunId { get; }

    /// <summary>Gets the ways of doing things that history relies on.</summary>
    internal SdkFlags Flags { get; }

    /// <summary>Gets the local activities that have not ended.</summary>
    internal LocalActivityQueue LocalActivities { get; } = new();

    /// <summary>Gets a value indicating whether what is being applied was applied before.</summary>
    internal bool IsReplaying { get; private set; }

    /// <summary>Gets a value indicating whether the event that ends the run has been applied.</summary>
    internal bool SawTerminalEvent { get; private set; }

    /// <summary>Gets a value indicating whether the workflow has asked to end the run.</summary>
    internal bool IsFinished { get; private set; }

    /// <summary>Gets the last event applied.</summary>
    internal long LastEventId { get; private set; }

    /// <summary>Gets a value indicating whether there is something to tell the workflow.</summary>
    internal bool HasJobs => jobs.Count > 0;

    /// <summary>Gets a value indicating whether all events have been applied.</summary>
    internal bool IsCaughtUp => history.IsEmpty;

    /// <summary>Gets when the current workflow task started by the server's clock, UTC.</summary>
    internal DateTime TaskStartTime => taskStartTime;

    /// <summary>Takes over a workflow task.</summary>
    /// <param name="events">Events, all that the run has not applied.</param>
    /// <param name="previousStartedEventId">Start of the last workflow task that was completed, 0 if none was.</param>
    /// <param name="messages">Update requests that come with the task.</param>
    internal void Feed(IReadOnlyList<HistoryEvent> events, long previousStartedEventId, IEnumerable<Message> messages)
    {
        history = new(events, previousStartedEventId);
        incomingUpdates.Clear();
        incomingUpdates.AddRange(messages.Select(IncomingUpdate.From));
        outgoingMessages.Clear();
        IsReplaying = previousStartedEventId > 0;
    }

    /// <summary>Takes what there is to tell the workflow.</summary>
    /// <returns>Activation, with jobs in the order to apply them.</returns>
    internal Activation TakeActivation()
    {
        // Sorting must be stable: history order counts among jobs of equal rank.
        var ordered = jobs.OrderBy(job => job.Rank).ToArray();
        jobs.Clear();
        return NewActivation(ordered, IsReplaying);
    }

    /// <summary>An activation that only asks questions.</summary>
    /// <param name="queries">Questions.</param>
    /// <returns>Activation.</returns>
    internal Activation NewQueryActivation(IReadOnlyList<ActivationJob.Query> queries) => NewActivation(queries, replaying: true);

    /// <summary>The commands that history has not recorded yet, in order.</summary>
    /// <returns>Commands.</returns>
    internal IEnumerable<Command> OutgoingCommands() =>
        commands.Where(c => !c.Machine.CanceledBeforeSent).Select(c => c.Command);

    /// <summary>Takes the messages to send with the completion of the task.</summary>
    /// <returns>Messages.</returns>
    internal IReadOnlyList<Message> TakeMessages()
    {
        var taken = outgoingMessages.ToArray();
        outgoingMessages.Clear();
        return taken;
    }

    /// <summary>What the completion of the task writes down about this SDK.</summary>
    /// <param name="sdkName">Name of this SDK.</param>
    /// <param name="sdkVersion">Version of this SDK.</param>
    /// <returns>Metadata.</returns>
    internal WorkflowTaskCompletedMetadata TakeMetadata(string sdkName, string sdkVersion)
    {
        taskDeployment = deployment ?? taskDeployment;
        return Flags.TakeForCompletion(sdkName, sdkVersion);
    }

    /// <summary>
    /// The server has dropped the task, since all it brought was updates that were rejected: its events never were.
    /// </summary>
    /// <param name="startedEventId">Start of the last workflow task that counts.</param>
    internal void ForgetSpeculativeTask(long startedEventId)
    {
        currentStartedEventId = startedEventId;
        // Scheduled and Started of the dropped task were the last two events applied.
        LastEventId -= 2;
    }

    /// <summary>Adds something to tell the workflow.</summary>
    /// <param name="job">Job.</param>
    internal void AddJob(ActivationJob job) => jobs.Add(job);

    /// <summary>Adds a command to send, or on replay to find in history.</summary>
    /// <param name="command">Command.</param>
    /// <param name="machine">Machine that receives the recording event.</param>
    internal void AddCommand(Command command, CommandMachine machine) => commands.AddLast(new PendingCommand(command, machine));

    /// <summary>Adds a message to send. On replay it was sent long ago.</summary>
    /// <param name="message">Message.</param>
    internal void AddMessage(Message message)
    {
        if (!IsReplaying)
        {
            outgoingMessages.Add(message);
        }
    }

    /// <summary>Moves the workflow's time forward, never back.</summary>
    /// <param name="time">Time, UTC.</param>
    internal void AdvanceTime(DateTime? time)
    {
        if (time > currentTime)
        {
            currentTime = time.Value;
        }
    }

    private Activation NewActivation(IReadOnlyList<ActivationJob> ordered, bool replaying)
    {
        if (!replaying)
        {
            taskDeployment = deployment;
        }
        return new()
        {
            Timestamp = currentTime,
            IsReplaying = replaying,
            HistoryLength = (int)LastEventId,
            HistorySizeBytes = (int)Math.Min(historySizeBytes, int.MaxValue),
            ContinueAsNewSuggested = continueAsNewSuggested,
            ContinueAsNewReasons = continueAsNewReasons,
            TargetDeploymentChanged = targetDeploymentChanged,
            Deployment = taskDeployment,
            LanguageFlags = Flags.Language,
            Jobs = ordered,
        };
    }
}
