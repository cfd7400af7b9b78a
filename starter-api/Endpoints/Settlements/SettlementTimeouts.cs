namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>Timeouts that a request may set, in seconds. Names and meaning are those of the workflow's recorded timings.</summary>
public sealed record SettlementTimeouts
{
    public double? ConfirmationTimeoutSeconds { get; init; }
    public double? BankCallTimeoutSeconds { get; init; }
    public double? FirstEnquirySeconds { get; init; }
    public double? MaxEnquiryIntervalSeconds { get; init; }
    public double? OutcomeDeadlineSeconds { get; init; }
    public int? RetryAttempts { get; init; }
    public double? RetryDelaySeconds { get; init; }
    public double? AwaitingRetrySeconds { get; init; }
    public double? ApprovalTimeoutSeconds { get; init; }
    public double? CompensationBackoffSeconds { get; init; }
    public double? MaxCompensationBackoffSeconds { get; init; }
}
