using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>A timer that has not fired.</summary>
/// <param name="TimerId">As the workflow named it.</param>
/// <param name="StartedEventId">The event that started it.</param>
/// <param name="Due">When it fires.</param>
internal sealed record TimerState(string TimerId, long StartedEventId, DateTimeOffset Due);

/// <summary>A child that has not closed.</summary>
internal sealed class ChildState(HistoryEvent initiated)
{
    /// <summary>What the workflow wanted.</summary>
    public HistoryEvent InitiatedEvent { get; } = initiated;

    public StartChildWorkflowExecutionInitiatedEventAttributes Initiated => InitiatedEvent.StartChildWorkflowExecutionInitiatedEventAttributes;

    /// <summary>The event that says it has started; 0 before; <see cref="ExecutionState.BufferedEventId"/> while that event is buffered.</summary>
    public long StartedEventId { get; set; }

    /// <summary>Its first run, once started.</summary>
    public WorkflowExecution? Execution { get; set; }
}

/// <summary>A signal or cancel for another execution that is not delivered.</summary>
/// <param name="Initiated">What the workflow wanted.</param>
internal sealed record ExternalState(HistoryEvent Initiated);

/// <summary>An update that this run has been asked for.</summary>
internal sealed class UpdateState(string id)
{
    public string Id { get; } = id;

    public UpdateWorkflowExecutionLifecycleStage Stage { get; set; } = UpdateWorkflowExecutionLifecycleStage.Admitted;

    /// <summary>What was asked, until it is accepted. Null for one that came by a reset: the event says it.</summary>
    public Request? Request { get; set; }

    /// <summary>Whether a worker has got the request and not answered it.</summary>
    public bool IsSent { get; set; }

    /// <summary>Whether an event says that it was admitted (reset only); otherwise an admitted one is in memory only.</summary>
    public long AdmittedEventId { get; set; }

    public long AcceptedEventId { get; set; }

    public Outcome? Outcome { get; set; }

    /// <summary>In which order updates were admitted.</summary>
    public long Order { get; set; }

    public bool IsOpen => Stage < UpdateWorkflowExecutionLifecycleStage.Completed;

    public bool IsAdmitted => Stage == UpdateWorkflowExecutionLifecycleStage.Admitted;
}
