using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Every timer of one settlement. Read from configuration when the settlement is started and recorded in its input; the
/// workflow reads no configuration. Defaults are those of the source documents (SETTLEMENT_* in API.md).
/// </summary>
public sealed record SettlementTimings
{
    /// <summary>From the bank's acceptance until the outcome counts as unknown (SETTLEMENT_TIMEOUT_SECONDS).</summary>
    [JsonPropertyName("confirmation_timeout_seconds")]
    public double ConfirmationTimeoutSeconds { get; init; } = 300;

    /// <summary>One call to the bank, connection and answer.</summary>
    [JsonPropertyName("bank_call_timeout_seconds")]
    public double BankCallTimeoutSeconds { get; init; } = 10;

    /// <summary>Wait before the bank is first asked what became of an instruction; doubles with every question.</summary>
    [JsonPropertyName("first_enquiry_seconds")]
    public double FirstEnquirySeconds { get; init; } = 2;

    /// <summary>Longest wait between two questions.</summary>
    [JsonPropertyName("max_enquiry_interval_seconds")]
    public double MaxEnquiryIntervalSeconds { get; init; } = 900;

    /// <summary>From OUTCOME_UNKNOWN until a person is called.</summary>
    [JsonPropertyName("outcome_deadline_seconds")]
    public double OutcomeDeadlineSeconds { get; init; } = 1800;

    /// <summary>Automatic attempts after the first, only where it is proven that no money moved (SETTLEMENT_RETRY_ATTEMPTS).</summary>
    [JsonPropertyName("retry_attempts")]
    public int RetryAttempts { get; init; } = 3;

    /// <summary>Wait in AWAITING_RETRY before an automatic attempt (SETTLEMENT_RETRY_DELAY_SECONDS).</summary>
    [JsonPropertyName("retry_delay_seconds")]
    public double RetryDelaySeconds { get; init; } = 30;

    /// <summary>Longest stay in AWAITING_RETRY; then FAILED.</summary>
    [JsonPropertyName("awaiting_retry_seconds")]
    public double AwaitingRetrySeconds { get; init; } = 3 * 24 * 3600;

    /// <summary>Longest stay in AWAITING_APPROVAL; then FAILED.</summary>
    [JsonPropertyName("approval_timeout_seconds")]
    public double ApprovalTimeoutSeconds { get; init; } = 24 * 3600;

    /// <summary>First wait after a compensation failed; doubles with every failure, for ever.</summary>
    [JsonPropertyName("compensation_backoff_seconds")]
    public double CompensationBackoffSeconds { get; init; } = 5;

    /// <summary>Longest wait between two tries of a compensation or of a step whose outside is down.</summary>
    [JsonPropertyName("max_compensation_backoff_seconds")]
    public double MaxCompensationBackoffSeconds { get; init; } = 300;

    /// <summary>Business days after the due date's cut-off until the warning (SETTLEMENT_OVERDUE_WARNING_DAYS).</summary>
    [JsonPropertyName("overdue_warning_days")]
    public int OverdueWarningDays { get; init; } = 1;

    /// <summary>Business days after the due date's cut-off until it is critical (SETTLEMENT_OVERDUE_CRITICAL_DAYS).</summary>
    [JsonPropertyName("overdue_critical_days")]
    public int OverdueCriticalDays { get; init; } = 3;

    /// <summary>Longest stay in one state before a person is told (SETTLEMENT_STUCK_STATUS_HOURS).</summary>
    [JsonPropertyName("stuck_status_hours")]
    public double StuckStatusHours { get; init; } = 48;

    /// <summary>Longest wait between two looks whether a kill switch has been released; a release also tells those it held.</summary>
    [JsonPropertyName("max_hold_interval_seconds")]
    public double MaxHoldIntervalSeconds { get; init; } = 60;

    /// <summary>Events of one run after which the workflow continues as a new one; Temporal allows 51,200 and suggests it at 4,096.</summary>
    [JsonPropertyName("max_history_events")]
    public int MaxHistoryEvents { get; init; } = 3000;
}
