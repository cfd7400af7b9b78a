using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Common;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>Whether a failed attempt is tried again, by the rules that the server applies to normal activities.</summary>
/// <param name="Backoff">Wait before the next attempt, null if there is none.</param>
/// <param name="State">Why there is none.</param>
internal readonly record struct RetryDecision(TimeSpan? Backoff, RetryState State)
{
    private const double DefaultCoefficient = 2;
    private const int MaximumIntervalFactor = 100;

    /// <summary>Decides.</summary>
    /// <param name="policy">Policy, null for the default one.</param>
    /// <param name="attempt">Attempt that failed, from 1.</param>
    /// <param name="failure">Its failure, if an application failure.</param>
    /// <returns>The decision.</returns>
    internal static RetryDecision After(RetryPolicy? policy, int attempt, ApplicationFailureInfo? failure)
    {
        policy ??= new();
        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return new(null, RetryState.MaximumAttemptsReached);
        }
        if (failure != null && (failure.NonRetryable || IsListed(policy, failure.Type)))
        {
            return new(null, RetryState.NonRetryableFailure);
        }
        return new(failure?.NextRetryDelay?.ToTimeSpan() ?? Interval(policy, attempt), RetryState.InProgress);
    }

    private static bool IsListed(RetryPolicy policy, string type) =>
        policy.NonRetryableErrorTypes?.Contains(type, StringComparer.OrdinalIgnoreCase) == true;

    private static TimeSpan Interval(RetryPolicy policy, int attempt)
    {
        var initial = policy.InitialInterval > TimeSpan.Zero ? policy.InitialInterval : TimeSpan.FromSeconds(1);
        var maximum = policy.MaximumInterval ?? initial * MaximumIntervalFactor;
        maximum = maximum > initial ? maximum : initial;
        var coefficient = policy.BackoffCoefficient >= 1 ? policy.BackoffCoefficient : DefaultCoefficient;
        var seconds = initial.TotalSeconds * Math.Pow(coefficient, attempt - 1);
        return seconds < maximum.TotalSeconds ? TimeSpan.FromSeconds(seconds) : maximum;
    }
}
