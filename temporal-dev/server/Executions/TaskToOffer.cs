using Temporalio.Api.Common.V1;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Executions;

/// <summary>A task that waits for a poller. It names a state of its run; when that state has gone, starting it yields null and it is dropped.</summary>
internal abstract record TaskToOffer
{
    public required RunKey Run { get; init; }

    /// <summary>The queue to wait in; for workflow tasks the worker's own one while the run is sticky.</summary>
    public required string TaskQueue { get; init; }

    /// <summary>Names the task within the run.</summary>
    public required long ScheduledEventId { get; init; }

    /// <summary>Which attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Grows when what is offered changes without a new attempt, so that the offer before is stale.</summary>
    public int Stamp { get; init; }

    /// <summary>When it began to wait.</summary>
    public required DateTimeOffset ScheduledAt { get; init; }

    /// <summary>As the start or the command named it, or null.</summary>
    public Priority? Priority { get; init; }
}

/// <summary>A workflow task.</summary>
internal sealed record WorkflowTaskToOffer : TaskToOffer
{
    /// <summary>The run's own queue if <see cref="TaskToOffer.TaskQueue"/> is a worker's: where to offer it when nobody has polled that for 10 s. Null if the run is not sticky.</summary>
    public string? NormalTaskQueue { get; init; }

    /// <summary>Nothing of it is stored: it must be matched within this process's life.</summary>
    public bool IsSpeculative { get; init; }
}

/// <summary>An activity task.</summary>
internal sealed record ActivityTaskToOffer : TaskToOffer
{
    public required string ActivityId { get; init; }

    /// <summary>To be started with the answer that scheduled it (eager execution) rather than offered, if the worker's answer can carry it.</summary>
    public bool IsEager { get; init; }
}
