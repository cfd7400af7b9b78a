using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>What the server tells of one standalone activity. All times are UTC.</summary>
public class ActivityExecutionDescription : ActivityExecution
{
    private readonly DataConverter dataConverter;
    private readonly Lazy<Task<(string? Summary, string? Details)>> userMetadata;

    /// <summary>Creates a description of the wire message.</summary>
    /// <param name="resp">The message.</param>
    /// <param name="clientNamespace">Namespace that was asked.</param>
    /// <param name="dataConverter">Converter, already in the context of this activity.</param>
    protected internal ActivityExecutionDescription(DescribeActivityExecutionResponse resp, string clientNamespace, DataConverter dataConverter)
        : base(resp.Info, clientNamespace)
    {
        RawResponse = resp;
        this.dataConverter = dataConverter;
        userMetadata = new(() => dataConverter.FromUserMetadataAsync(RawInfo.UserMetadata));
    }

    /// <summary>Number of the present or last attempt, from 1.</summary>
    public int Attempt => RawInfo.Attempt;

    /// <summary>Why it was asked to end, if it was.</summary>
    public string? CanceledReason => NonEmpty(RawInfo.CanceledReason);

    /// <summary>Time between the last attempt and the next, if there is one.</summary>
    public TimeSpan? CurrentRetryInterval => RawInfo.CurrentRetryInterval?.ToTimeSpan();

    /// <summary>When it times out as a whole, if ever.</summary>
    public DateTime? ExpirationTime => RawInfo.ExpirationTime?.ToDateTime();

    /// <summary>Whether details of a heartbeat came along; see <see cref="ActivityDescribeOptions.IncludeHeartbeatDetails"/>.</summary>
    public bool HasHeartbeatDetails => RawInfo.HeartbeatDetails is { Payloads_.Count: > 0 };

    /// <summary>Whether the arguments came along; see <see cref="ActivityDescribeOptions.IncludeInput"/>.</summary>
    public bool HasInput => RawInput is { Count: > 0 };

    /// <summary>Whether a failure of the last attempt came along; see <see cref="ActivityDescribeOptions.IncludeLastFailure"/>.</summary>
    public bool HasLastFailure => RawInfo.LastFailure != null;

    /// <summary>Whether a failure of the whole came along; see <see cref="ActivityDescribeOptions.IncludeOutcome"/>.</summary>
    public bool HasOutcomeFailure => RawOutcome?.Failure != null;

    /// <summary>Whether a result came along; see <see cref="ActivityDescribeOptions.IncludeOutcome"/>.</summary>
    public bool HasResult => RawOutcome?.Result is { Payloads_.Count: 1 };

    /// <summary>Limit on the time between heartbeats.</summary>
    public TimeSpan? HeartbeatTimeout => RawInfo.HeartbeatTimeout?.ToTimeSpan();

    /// <summary>When the last attempt ended.</summary>
    public DateTime? LastAttemptCompleteTime => RawInfo.LastAttemptCompleteTime?.ToDateTime();

    /// <summary>Deployment version that ran the last attempt.</summary>
    public WorkerDeploymentVersion? LastDeploymentVersion =>
        RawInfo.LastDeploymentVersion is { } version ? WorkerDeploymentVersion.FromProto(version) : null;

    /// <summary>When the last heartbeat came.</summary>
    public DateTime? LastHeartbeatTime => RawInfo.LastHeartbeatTime?.ToDateTime();

    /// <summary>When the last attempt began.</summary>
    public DateTime? LastStartedTime => RawInfo.LastStartedTime?.ToDateTime();

    /// <summary>Worker of the last attempt.</summary>
    public string? LastWorkerIdentity => NonEmpty(RawInfo.LastWorkerIdentity);

    /// <summary>When the next attempt is due.</summary>
    public DateTime? NextAttemptScheduleTime => RawInfo.NextAttemptScheduleTime?.ToDateTime();

    /// <summary>Order among the tasks of its queue.</summary>
    public Common.Priority Priority => RawInfo.Priority is { } priority ? new(priority) : Common.Priority.Default;

    /// <summary>How failed attempts are repeated.</summary>
    public Common.RetryPolicy? RetryPolicy => RawInfo.RetryPolicy is { } policy ? Common.RetryPolicy.FromProto(policy) : null;

    /// <summary>What it is doing, while it runs.</summary>
    public PendingActivityState RunState => RawInfo.RunState;

    /// <summary>Limit on the whole, retries included.</summary>
    public TimeSpan? ScheduleToCloseTimeout => RawInfo.ScheduleToCloseTimeout?.ToTimeSpan();

    /// <summary>Limit on the wait for a worker.</summary>
    public TimeSpan? ScheduleToStartTimeout => RawInfo.ScheduleToStartTimeout?.ToTimeSpan();

    /// <summary>Wait before the first attempt.</summary>
    public TimeSpan? StartDelay => RawInfo.StartDelay?.ToTimeSpan();

    /// <summary>Limit on one attempt.</summary>
    public TimeSpan? StartToCloseTimeout => RawInfo.StartToCloseTimeout?.ToTimeSpan();

    /// <summary>Heartbeats of all attempts; 0 also from servers that do not count them.</summary>
    public long TotalHeartbeatCount => RawInfo.TotalHeartbeatCount;

    /// <summary>Part of the wire message.</summary>
    public new ActivityExecutionInfo RawInfo => RawResponse.Info;

    /// <summary>The arguments as they were sent, if they came along.</summary>
    public IReadOnlyCollection<Payload>? RawInput => RawResponse.Input?.Payloads_;

    /// <summary>The outcome as it was sent, if it came along.</summary>
    public ActivityExecutionOutcome? RawOutcome => RawResponse.Outcome;

    /// <summary>The wire message.</summary>
    internal DescribeActivityExecutionResponse RawResponse { get; }

    /// <summary>Decodes the one-line summary that the activity was started with.</summary>
    /// <returns>The summary, or null.</returns>
    public async Task<string?> GetSummaryAsync() => (await userMetadata.Value.ConfigureAwait(false)).Summary;

    /// <summary>Decodes the details that the activity was started with.</summary>
    /// <returns>The details, or null.</returns>
    public async Task<string?> GetStaticDetailsAsync() => (await userMetadata.Value.ConfigureAwait(false)).Details;

    /// <summary>Decodes the failure of the last attempt.</summary>
    /// <returns>The failure, or null if none came along.</returns>
    public async Task<Exception?> GetLastFailureAsync() =>
        RawInfo.LastFailure is { } failure ? await dataConverter.ToExceptionAsync(failure).ConfigureAwait(false) : null;

    /// <summary>Decodes the failure of the whole.</summary>
    /// <returns>The failure, or null if none came along.</returns>
    public async Task<Exception?> GetOutcomeFailureAsync() =>
        RawOutcome?.Failure is { } failure ? await dataConverter.ToExceptionAsync(failure).ConfigureAwait(false) : null;

    /// <summary>Decodes the result.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidOperationException">No result came along; see <see cref="HasResult"/>.</exception>
    public async Task<T> GetResultAsync<T>() => HasResult
        ? await dataConverter.ToSingleValueAsync<T>(RawOutcome!.Result.Payloads_).ConfigureAwait(false)
        : throw new InvalidOperationException("No result came with the description");

    private static string? NonEmpty(string text) => text.Length == 0 ? null : text;
}
