using Temporalio.Api.Failure.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>Retry policies of activities and workflows: defaults, what is refused, and when the next attempt is (temporalio/temporal, retrypolicy and retry).</summary>
internal static class RetryRules
{
    private const string TimeoutPrefix = "TemporalTimeout:";

    /// <summary>Fills in what a policy leaves open.</summary>
    public static void FillIn(RetryPolicy policy, Limits limits)
    {
        if (Durations.Span(policy.InitialInterval) == TimeSpan.Zero)
            policy.InitialInterval = Durations.Of(limits.RetryInitialInterval);
        if (policy.BackoffCoefficient == 0)
            policy.BackoffCoefficient = limits.RetryBackoffCoefficient;
        if (Durations.Span(policy.MaximumInterval) == TimeSpan.Zero)
            policy.MaximumInterval = Durations.Of(TimeSpan.FromTicks(Math.Min(Durations.Max.Ticks, Durations.Span(policy.InitialInterval).Ticks * limits.RetryMaximumIntervalCoefficient)));
    }

    /// <summary>What is wrong with a policy, in the real server's words, or null.</summary>
    public static string? WhyNot(RetryPolicy policy)
    {
        // One attempt is no retry, whatever else the policy says.
        if (policy.MaximumAttempts == 1)
            return null;
        if (Durations.WhyNot(policy.InitialInterval) is { } initial)
            return $"invalid InitialInterval set on retry policy: {initial}";
        if (policy.BackoffCoefficient < 1)
            return "BackoffCoefficient cannot be less than 1 on retry policy.";
        if (Durations.WhyNot(policy.MaximumInterval) is { } maximum)
            return $"invalid MaximumInterval set on retry policy: {maximum}";
        var max = Durations.Span(policy.MaximumInterval);
        if (max > TimeSpan.Zero && max < Durations.Span(policy.InitialInterval))
            return "MaximumInterval cannot be less than InitialInterval on retry policy.";
        if (policy.MaximumAttempts < 0)
            return "MaximumAttempts cannot be negative on retry policy.";
        foreach (var type in policy.NonRetryableErrorTypes)
        {
            if (type.StartsWith(TimeoutPrefix, StringComparison.Ordinal) && !Enum.TryParse<TimeoutType>(type[TimeoutPrefix.Length..], out _))
                return $"Invalid timeout type value: {type[TimeoutPrefix.Length..]}.";
        }

        return null;
    }

    /// <summary>How long to wait before the attempt after <paramref name="attempt"/>; null with the reason if there is none.</summary>
    public static (TimeSpan? Wait, RetryState State) Next(DateTimeOffset now, int attempt, RetryPolicy policy, DateTimeOffset? expiration, Failure? failure)
    {
        if (!IsRetryable(failure, policy))
            return (null, RetryState.NonRetryableFailure);
        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
            return (null, RetryState.MaximumAttemptsReached);
        var max = Durations.Span(policy.MaximumInterval);
        var wait = failure?.ApplicationFailureInfo?.NextRetryDelay is { } delay
            ? Durations.Span(delay)
            : Exponential(Durations.Span(policy.InitialInterval), policy.BackoffCoefficient, attempt);
        if (max == TimeSpan.Zero && wait <= TimeSpan.Zero)
            return (null, RetryState.Timeout);
        if (max != TimeSpan.Zero && (wait <= TimeSpan.Zero || wait > max))
            wait = max;
        return expiration is { } end && Durations.Add(now, wait) > end ? (null, RetryState.Timeout) : (wait, RetryState.InProgress);
    }

    /// <summary>How long the policy waits after an attempt, whatever its failure was.</summary>
    public static TimeSpan Wait(int attempt, RetryPolicy policy) =>
        Durations.Min(Exponential(Durations.Span(policy.InitialInterval), policy.BackoffCoefficient, attempt), Durations.Span(policy.MaximumInterval));

    /// <summary>Whether the failure may be retried at all.</summary>
    public static bool IsRetryable(Failure? failure, RetryPolicy policy)
    {
        switch (failure?.FailureInfoCase)
        {
            case Failure.FailureInfoOneofCase.TerminatedFailureInfo or Failure.FailureInfoOneofCase.CanceledFailureInfo:
                return false;
            case Failure.FailureInfoOneofCase.TimeoutFailureInfo:
                var type = failure.TimeoutFailureInfo.TimeoutType;
                return type is TimeoutType.StartToClose or TimeoutType.Heartbeat && !policy.NonRetryableErrorTypes.Contains(TimeoutPrefix + type);
            case Failure.FailureInfoOneofCase.ServerFailureInfo:
                return !failure.ServerFailureInfo.NonRetryable;
            case Failure.FailureInfoOneofCase.ApplicationFailureInfo:
                var application = failure.ApplicationFailureInfo;
                return !application.NonRetryable && !policy.NonRetryableErrorTypes.Contains(application.Type);
            default:
                return true;
        }
    }

    private static TimeSpan Exponential(TimeSpan initial, double coefficient, int attempt)
    {
        var ticks = initial.Ticks * Math.Pow(coefficient, Math.Max(attempt, 1) - 1);
        return ticks >= Durations.Max.Ticks ? Durations.Max : new TimeSpan((long)ticks);
    }
}
