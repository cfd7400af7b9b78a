namespace Settlement.Auditor.Bank;

/// <summary>One payment as the bank's journal tells it.</summary>
/// <param name="Uetr">Which.</param>
/// <param name="EndToEndId">The sender's reference.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="AmountMinor">Minor units.</param>
/// <param name="DebtorAccount">Whose account paid.</param>
/// <param name="CreditorAccount">Whose account received.</param>
internal sealed record BankPayment(Guid Uetr, string EndToEndId, string Currency, long AmountMinor, string DebtorAccount, string CreditorAccount)
{
    /// <summary>How often the journal says that money moved.</summary>
    public int Executions { get; set; }

    /// <summary>What went back since, minor units.</summary>
    public long ReturnedMinor { get; set; }

    /// <summary>What the bank keeps of it, minor units.</summary>
    public long KeptMinor => (Executions * AmountMinor) - ReturnedMinor;
}
