using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// How an activity or a child workflow ended.
/// </summary>
internal abstract record ActivityResolution
{
    /// <summary>It has a result, of no or one payload.</summary>
    internal sealed record Completed(Payload? Result) : ActivityResolution;

    /// <summary>It failed, timed out, was cancelled or terminated.</summary>
    internal sealed record Failed(Failure Failure) : ActivityResolution;

    /// <summary>A local activity is to be tried again after a while; the workflow waits with a timer.</summary>
    internal sealed record Backoff(int NextAttempt, TimeSpan Delay, Timestamp? OriginalScheduleTime) : ActivityResolution;
}
