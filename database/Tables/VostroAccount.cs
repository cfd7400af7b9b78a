namespace Settlement.Database;

/// <summary>Details of another bank's account with us. Table <c>vostro_accounts</c>.</summary>
public sealed class VostroAccount
{
    public Guid AccountId { get; set; }

    public required string BankId { get; set; }

    public required string BankBic { get; set; }

    public required string Currency { get; set; }
}
