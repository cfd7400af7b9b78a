namespace Settlement.Workflows.Contracts;

/// <summary>A question to a bank about one instruction.</summary>
public sealed record EnquiryInput
{
    public required Guid SettlementId { get; init; }
    public required string Bank { get; init; }
    public required string Uetr { get; init; }
    public required double BankCallTimeoutSeconds { get; init; }
}
