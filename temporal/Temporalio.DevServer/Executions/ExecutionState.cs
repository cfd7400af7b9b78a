using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// One run as it stands: what its events add up to (Apply) and what is acknowledged beside them (extras). Changed by
/// <see cref="Transition"/> only. Not safe for concurrent use: whoever holds the run's lock may touch it.
/// </summary>
internal sealed partial class ExecutionState
{
    private ExecutionState(RunKey run) => Run = run;

    /// <summary>The run.</summary>
    public RunKey Run { get; }

    /// <summary>The version in the store; 0 before the first commit.</summary>
    public long Version { get; private set; }

    /// <summary>The id that the next event gets.</summary>
    public long NextEventId { get; internal set; } = 1;

    /// <summary>Running, or how it closed.</summary>
    public WorkflowExecutionStatus Status { get; internal set; } = WorkflowExecutionStatus.Running;

    /// <summary>Whether it still runs.</summary>
    public bool IsOpen => Status is WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Paused;

    /// <summary>The first event.</summary>
    public HistoryEvent FirstEvent { get; private set; } = null!;

    /// <summary>What the first event says.</summary>
    public WorkflowExecutionStartedEventAttributes Started => FirstEvent.WorkflowExecutionStartedEventAttributes;

    /// <summary>The event that closed it, or null.</summary>
    public HistoryEvent? CloseEvent { get; private set; }

    /// <summary>When it started.</summary>
    public DateTimeOffset StartTime => FirstEvent.EventTime.ToDateTimeOffset();

    /// <summary>The queue of its workflow tasks.</summary>
    public string TaskQueue => Started.TaskQueue.Name;

    /// <summary>The worker's own queue, or null. Known in this process only.</summary>
    public string? StickyTaskQueue { get; internal set; }

    /// <summary>The request that started it.</summary>
    public string StartRequestId { get; internal set; } = "";

    /// <summary>The started event of the last completed workflow task, or 0.</summary>
    public long PreviousStartedEventId { get; private set; }

    /// <summary>To be called once what <see cref="Transition.Finish"/> gave is committed. If the commit fails, drop the state and load it again.</summary>
    public void Committed() => Version++;
}
