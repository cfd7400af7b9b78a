namespace Settlement.Database;

/// <summary>What is known of a message on its arrival.</summary>
/// <param name="IsNew">False for a repeat, which is counted and otherwise ignored.</param>
/// <param name="SettlementId">The settlement whose payment has that UETR at that bank; null if there is none.</param>
/// <param name="Reference">Its reference; the workflow is <c>settlement-{reference}</c>.</param>
public sealed record BankMessageReceipt(bool IsNew, Guid? SettlementId, string? Reference);
