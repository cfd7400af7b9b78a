namespace Settlement.Workflows.Contracts;

/// <summary>A question to a bank about one instruction.</summary>
public sealed record EnquiryInput
{
    public required Guid SettlementId { get; init; }
    public required string Bank { get; init; }
    public required string Uetr { get; init; }

    /// <summary>The instructed amount in minor units of <see cref="Currency"/>.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    public required double BankCallTimeoutSeconds { get; init; }
}
