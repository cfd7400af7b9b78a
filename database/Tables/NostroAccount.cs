namespace Settlement.Database;

/// <summary>Details of our account at another bank. Table <c>nostro_accounts</c>.</summary>
public sealed class NostroAccount
{
    public Guid AccountId { get; set; }

    public required string BankId { get; set; }

    public required string BankBic { get; set; }

    public required string NumberThere { get; set; }

    public required string Currency { get; set; }
}
