using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;

namespace Temporalio.Client;

/// <summary>What the server tells of a standalone activity in a list. All times are UTC.</summary>
public class ActivityExecution
{
    private readonly Lazy<SearchAttributeCollection> searchAttributes;

    /// <summary>Creates an execution of the wire message.</summary>
    /// <param name="rawInfo">The message.</param>
    /// <param name="clientNamespace">Namespace that was asked.</param>
    protected internal ActivityExecution(ActivityExecutionListInfo rawInfo, string clientNamespace)
        : this(clientNamespace, rawInfo.ActivityId, rawInfo.RunId, rawInfo.ActivityType, rawInfo.TaskQueue, rawInfo.Status, rawInfo.SearchAttributes)
    {
        RawInfo = rawInfo;
        SetTimes(rawInfo.ScheduleTime, rawInfo.ExecutionTime, rawInfo.CloseTime, rawInfo.ExecutionDuration);
    }

    /// <summary>Creates an execution of a description.</summary>
    /// <param name="info">Part of the description.</param>
    /// <param name="clientNamespace">Namespace that was asked.</param>
    private protected ActivityExecution(ActivityExecutionInfo info, string clientNamespace)
        : this(clientNamespace, info.ActivityId, info.RunId, info.ActivityType, info.TaskQueue, info.Status, info.SearchAttributes) =>
        SetTimes(info.ScheduleTime, info.ExecutionTime, info.CloseTime, info.ExecutionDuration);

    private ActivityExecution(
        string clientNamespace, string id, string runId, ActivityType? type, string taskQueue, ActivityExecutionStatus status, SearchAttributes? attributes)
    {
        Namespace = clientNamespace;
        ActivityId = id;
        ActivityRunId = runId.Length == 0 ? null : runId;
        ActivityType = type?.Name ?? string.Empty;
        TaskQueue = taskQueue;
        Status = status;
        searchAttributes = new(() => attributes == null ? SearchAttributeCollection.Empty : SearchAttributeCollection.FromProto(attributes));
    }

    /// <summary>Activity id.</summary>
    public string ActivityId { get; }

    /// <summary>Run id.</summary>
    public string? ActivityRunId { get; }

    /// <summary>Type name.</summary>
    public string ActivityType { get; }

    /// <summary>When it was closed, if it is.</summary>
    public DateTime? CloseTime { get; private set; }

    /// <summary>How long it took, if it is closed.</summary>
    public TimeSpan? ExecutionDuration { get; private set; }

    /// <summary>When its first attempt could begin, which is later than the start after a delay.</summary>
    public DateTime? ExecutionTime { get; private set; }

    /// <summary>Namespace.</summary>
    public string Namespace { get; }

    /// <summary>When it was started.</summary>
    public DateTime ScheduleTime { get; private set; }

    /// <summary>Status.</summary>
    public ActivityExecutionStatus Status { get; }

    /// <summary>Task queue.</summary>
    public string TaskQueue { get; }

    /// <summary>Search attributes, read when asked for.</summary>
    public SearchAttributeCollection TypedSearchAttributes => searchAttributes.Value;

    /// <summary>The wire message of a list; null in a description.</summary>
    internal ActivityExecutionListInfo? RawInfo { get; }

    private void SetTimes(Timestamp? scheduled, Timestamp? execution, Timestamp? closed, Duration? took)
    {
        ScheduleTime = scheduled?.ToDateTime() ?? default;
        ExecutionTime = execution?.ToDateTime();
        CloseTime = closed?.ToDateTime();
        ExecutionDuration = took?.ToTimeSpan();
    }
}
