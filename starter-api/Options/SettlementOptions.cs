using System.ComponentModel.DataAnnotations;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Options;

/// <summary>What a new settlement gets when its request does not say. Recorded with the settlement; later changes do not touch it.</summary>
public sealed class SettlementOptions
{
    public const string SectionName = "Settlement";

    /// <summary>SETTLEMENT_TIMEOUT_SECONDS: from the bank's acceptance until the outcome counts as unknown.</summary>
    [Range(1, 86_400, ErrorMessage = "Settlement:TimeoutSeconds (SETTLEMENT_TIMEOUT_SECONDS) must be between 1 and 86400")]
    public int TimeoutSeconds { get; set; } = 300;

    /// <summary>SETTLEMENT_RETRY_ATTEMPTS: automatic attempts after the first.</summary>
    [Range(0, 20, ErrorMessage = "Settlement:RetryAttempts (SETTLEMENT_RETRY_ATTEMPTS) must be between 0 and 20")]
    public int RetryAttempts { get; set; } = 3;

    /// <summary>SETTLEMENT_RETRY_DELAY_SECONDS: wait before an automatic attempt.</summary>
    [Range(1, 86_400, ErrorMessage = "Settlement:RetryDelaySeconds (SETTLEMENT_RETRY_DELAY_SECONDS) must be between 1 and 86400")]
    public int RetryDelaySeconds { get; set; } = 30;

    /// <summary>SETTLEMENT_OVERDUE_WARNING_DAYS: business days after the due date's cut-off.</summary>
    [Range(1, 30, ErrorMessage = "Settlement:OverdueWarningDays (SETTLEMENT_OVERDUE_WARNING_DAYS) must be between 1 and 30")]
    public int OverdueWarningDays { get; set; } = 1;

    /// <summary>SETTLEMENT_OVERDUE_CRITICAL_DAYS: business days after the due date's cut-off.</summary>
    [Range(1, 60, ErrorMessage = "Settlement:OverdueCriticalDays (SETTLEMENT_OVERDUE_CRITICAL_DAYS) must be between 1 and 60")]
    public int OverdueCriticalDays { get; set; } = 3;

    /// <summary>SETTLEMENT_STUCK_STATUS_HOURS: longest stay in one state before a person is told.</summary>
    [Range(1, 24 * 30, ErrorMessage = "Settlement:StuckStatusHours (SETTLEMENT_STUCK_STATUS_HOURS) must be between 1 and 720")]
    public int StuckStatusHours { get; set; } = 48;

    /// <summary>Whether a request may carry its own timeouts.</summary>
    public bool AllowRequestTimeouts { get; set; } = true;

    /// <summary>Rail by currency, for requests that name none.</summary>
    public Dictionary<string, string> DefaultRails { get; } = new(StringComparer.Ordinal);

    /// <summary>Calendar by currency, for requests that name none.</summary>
    public Dictionary<string, string> DefaultCalendars { get; } = new(StringComparer.Ordinal);

    /// <summary>The recorded timings without a request's own.</summary>
    public SettlementTimings ToTimings() => new()
    {
        ConfirmationTimeoutSeconds = TimeoutSeconds,
        RetryAttempts = RetryAttempts,
        RetryDelaySeconds = RetryDelaySeconds,
        OverdueWarningDays = OverdueWarningDays,
        OverdueCriticalDays = OverdueCriticalDays,
        StuckStatusHours = StuckStatusHours,
    };
}
