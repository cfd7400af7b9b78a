using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// How a local activity ended. Payloads are as the payload converter made them, without the codec.
/// </summary>
internal sealed record LocalActivityOutcome
{
    /// <summary>Gets the result; meaningful if there is no failure.</summary>
    public Payload? Result { get; init; }

    /// <summary>
    /// Gets the failure of the last attempt as the activity would report it, not wrapped: an application failure, or one
    /// with CanceledFailureInfo or TimeoutFailureInfo.
    /// </summary>
    public Failure? Failure { get; init; }

    /// <summary>Gets the number of the last attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets the time spent on the last attempt.</summary>
    public required TimeSpan Runtime { get; init; }

    /// <summary>Gets the wait before the next attempt, if it is longer than the worker waits itself.</summary>
    public TimeSpan? Backoff { get; init; }
}
