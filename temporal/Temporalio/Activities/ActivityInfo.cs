using System.Text.Json.Serialization;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Activities;

/// <summary>What an activity can know of itself. Times are UTC, as the server reports them.</summary>
/// <param name="ActivityId">Id within its workflow.</param>
/// <param name="ActivityType">Type name.</param>
/// <param name="Attempt">Attempt, from 1.</param>
/// <param name="CurrentAttemptScheduledTime">When this attempt was scheduled.</param>
/// <param name="DataConverter">Converter for the heartbeat details.</param>
/// <param name="HeartbeatDetails">Details of the last heartbeat of the attempt before.</param>
/// <param name="HeartbeatTimeout">Longest time between heartbeats.</param>
/// <param name="IsLocal">Whether this is a local activity.</param>
/// <param name="Namespace">Namespace of the activity.</param>
/// <param name="Priority">Priority, default if none was given.</param>
/// <param name="RetryPolicy">Retry policy that the server applies.</param>
/// <param name="ScheduleToCloseTimeout">Longest time for all attempts together.</param>
/// <param name="ScheduledTime">When the activity was first scheduled.</param>
/// <param name="StartToCloseTimeout">Longest time for one attempt.</param>
/// <param name="StartedTime">When this attempt started.</param>
/// <param name="TaskQueue">Task queue of the worker.</param>
/// <param name="TaskToken">Token that completes this attempt asynchronously.</param>
/// <param name="WorkflowId">Id of the workflow that called it; null without one.</param>
/// <param name="WorkflowNamespace">Namespace of that workflow; null without one.</param>
/// <param name="WorkflowRunId">Run of that workflow; null without one.</param>
/// <param name="WorkflowType">Type name of that workflow; null without one.</param>
/// <remarks>More properties may be added: use <c>with</c> instead of the constructor.</remarks>
public record ActivityInfo(
    string ActivityId,
    string ActivityType,
    int Attempt,
    DateTime CurrentAttemptScheduledTime,
    [property: JsonIgnore] DataConverter DataConverter,
    IReadOnlyCollection<Payload> HeartbeatDetails,
    TimeSpan? HeartbeatTimeout,
    bool IsLocal,
    string Namespace,
    Common.Priority Priority,
    Common.RetryPolicy? RetryPolicy,
    TimeSpan? ScheduleToCloseTimeout,
    DateTime ScheduledTime,
    TimeSpan? StartToCloseTimeout,
    DateTime StartedTime,
    string TaskQueue,
    byte[] TaskToken,
    string? WorkflowId,
    string? WorkflowNamespace,
    string? WorkflowRunId,
    string? WorkflowType)
{
    /// <summary>Gets a value indicating whether a workflow called this activity.</summary>
    public bool IsWorkflowActivity => WorkflowId != null;

    /// <summary>Gets the fields of the log scope that surrounds the activity.</summary>
    internal Dictionary<string, object> LoggerScope => new()
    {
        ["ActivityId"] = ActivityId,
        ["ActivityType"] = ActivityType,
        ["Attempt"] = Attempt,
        ["WorkflowNamespace"] = WorkflowNamespace ?? Namespace,
        ["WorkflowId"] = WorkflowId ?? string.Empty,
        ["WorkflowRunId"] = WorkflowRunId ?? string.Empty,
        ["WorkflowType"] = WorkflowType ?? string.Empty,
    };

    /// <summary>Converts one of the heartbeat details.</summary>
    /// <typeparam name="T">Type to convert to.</typeparam>
    /// <param name="index">Which one, from 0.</param>
    /// <returns>The detail.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer details.</exception>
    public Task<T> HeartbeatDetailAtAsync<T>(int index) => DataConverter.ToValueAsync<T>(HeartbeatDetails.ElementAt(index));
}
