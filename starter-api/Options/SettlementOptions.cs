using System.Globalization;

namespace Settlement.StarterApi.Options;

/// <summary>What a new settlement gets when its request does not say. Recorded with the settlement; later changes do not touch it.</summary>
public sealed class SettlementOptions
{
    public const string SectionName = "Settlement";

    /// <summary>Section <c>Settlement:Timings</c>, and the SETTLEMENT_* environment names (see <see cref="ApiOptions.EnvironmentNames"/>).</summary>
    public SettlementTimings Timings { get; set; } = new();

    /// <summary>Whether a request may carry its own timeouts.</summary>
    public bool AllowRequestTimeouts { get; set; } = true;

    /// <summary>Rail by currency, for requests that name none. The calendar is the rail's own unless the request names more.</summary>
    public Dictionary<string, string> DefaultRails { get; } = new(StringComparer.Ordinal)
    {
        ["EUR"] = "T2",
        ["USD"] = "FEDWIRE",
        ["GBP"] = "CHAPS",
        ["SAR"] = "SARIE",
    };
}

/// <summary>Bounds of the configured timings; the message names the environment variable where there is one.</summary>
public sealed class SettlementOptionsValidator : IValidateOptions<SettlementOptions>
{
    private const double MonthInSeconds = 30 * 24 * 3600;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, SettlementOptions options)
    {
        var t = options.Timings;
        (string Setting, double Value, double Least, double Most)[] rules =
        [
            ("ConfirmationTimeoutSeconds (SETTLEMENT_TIMEOUT_SECONDS)", t.ConfirmationTimeoutSeconds, 0.05, MonthInSeconds),
            ("BankCallTimeoutSeconds", t.BankCallTimeoutSeconds, 0.05, 300),
            ("FirstEnquirySeconds", t.FirstEnquirySeconds, 0.05, MonthInSeconds),
            ("MaxEnquiryIntervalSeconds", t.MaxEnquiryIntervalSeconds, 0.05, MonthInSeconds),
            ("OutcomeDeadlineSeconds", t.OutcomeDeadlineSeconds, 0.05, MonthInSeconds),
            ("RetryAttempts (SETTLEMENT_RETRY_ATTEMPTS)", t.RetryAttempts, 0, 20),
            ("RetryDelaySeconds (SETTLEMENT_RETRY_DELAY_SECONDS)", t.RetryDelaySeconds, 0.05, MonthInSeconds),
            ("AwaitingRetrySeconds", t.AwaitingRetrySeconds, 0.05, MonthInSeconds),
            ("ApprovalTimeoutSeconds", t.ApprovalTimeoutSeconds, 0.05, MonthInSeconds),
            ("CompensationBackoffSeconds", t.CompensationBackoffSeconds, 0.05, 3600),
            ("MaxCompensationBackoffSeconds", t.MaxCompensationBackoffSeconds, 0.05, 24 * 3600),
            ("OverdueWarningDays (SETTLEMENT_OVERDUE_WARNING_DAYS)", t.OverdueWarningDays, 1, 30),
            ("OverdueCriticalDays (SETTLEMENT_OVERDUE_CRITICAL_DAYS)", t.OverdueCriticalDays, t.OverdueWarningDays, 60),
            ("StuckStatusHours (SETTLEMENT_STUCK_STATUS_HOURS)", t.StuckStatusHours, 0.01, 30 * 24),
        ];
        var wrong = rules
            .Where(rule => !(rule.Value >= rule.Least && rule.Value <= rule.Most))
            .Select(rule => string.Create(CultureInfo.InvariantCulture, $"Settlement:Timings:{rule.Setting} is {rule.Value}, must be between {rule.Least} and {rule.Most}"))
            .ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
