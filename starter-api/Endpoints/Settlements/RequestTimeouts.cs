using Settlement.StarterApi.Options;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>Lays a request's own timeouts over the configured ones, within bounds that keep a settlement from spinning or sleeping for ever.</summary>
public static class RequestTimeouts
{
    private const double Shortest = 0.05;
    private const double Longest = 30 * 24 * 3600;
    private const int MostAttempts = 20;

    public static SettlementTimings Overlay(SettlementTimeouts? own, SettlementOptions options, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        var timings = options.Timings;
        if (own is null)
            return timings;
        if (!options.AllowRequestTimeouts)
        {
            errors.Add("/timeouts", "is not taken here");
            return timings;
        }

        return timings with
        {
            ConfirmationTimeoutSeconds = Seconds("confirmation_timeout_seconds", own.ConfirmationTimeoutSeconds, timings.ConfirmationTimeoutSeconds, errors),
            BankCallTimeoutSeconds = Seconds("bank_call_timeout_seconds", own.BankCallTimeoutSeconds, timings.BankCallTimeoutSeconds, errors),
            FirstEnquirySeconds = Seconds("first_enquiry_seconds", own.FirstEnquirySeconds, timings.FirstEnquirySeconds, errors),
            MaxEnquiryIntervalSeconds = Seconds("max_enquiry_interval_seconds", own.MaxEnquiryIntervalSeconds, timings.MaxEnquiryIntervalSeconds, errors),
            OutcomeDeadlineSeconds = Seconds("outcome_deadline_seconds", own.OutcomeDeadlineSeconds, timings.OutcomeDeadlineSeconds, errors),
            RetryDelaySeconds = Seconds("retry_delay_seconds", own.RetryDelaySeconds, timings.RetryDelaySeconds, errors),
            AwaitingRetrySeconds = Seconds("awaiting_retry_seconds", own.AwaitingRetrySeconds, timings.AwaitingRetrySeconds, errors),
            ApprovalTimeoutSeconds = Seconds("approval_timeout_seconds", own.ApprovalTimeoutSeconds, timings.ApprovalTimeoutSeconds, errors),
            CompensationBackoffSeconds = Seconds("compensation_backoff_seconds", own.CompensationBackoffSeconds, timings.CompensationBackoffSeconds, errors),
            MaxCompensationBackoffSeconds = Seconds("max_compensation_backoff_seconds", own.MaxCompensationBackoffSeconds, timings.MaxCompensationBackoffSeconds, errors),
            RetryAttempts = Attempts(own.RetryAttempts, timings.RetryAttempts, errors),
        };
    }

    private static double Seconds(string name, double? own, double configured, FieldErrors errors)
    {
        if (own is null)
            return configured;
        if (own is >= Shortest and <= Longest)
            return own.Value;
        errors.Add("/timeouts/" + name, FormattableString.Invariant($"must be between {Shortest} and {Longest}"));
        return configured;
    }

    private static int Attempts(int? own, int configured, FieldErrors errors)
    {
        if (own is null)
            return configured;
        if (own is >= 0 and <= MostAttempts)
            return own.Value;
        errors.Add("/timeouts/retry_attempts", FormattableString.Invariant($"must be between 0 and {MostAttempts}"));
        return configured;
    }
}
