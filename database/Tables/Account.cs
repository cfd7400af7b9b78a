using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>A ledger account and its balances, shown in its natural sign; minor units. Table <c>accounts</c>.</summary>
[Table("accounts")]
[PrimaryKey(nameof(AccountId))]
public sealed class Account
{
    public Guid AccountId { get; set; }

    public required string AccountNumber { get; set; }

    public AccountKind Kind { get; set; }

    public NormalSide NormalSide { get; set; }

    public required string EntityId { get; set; }

    public required string Name { get; set; }

    public required string Currency { get; set; }

    public AccountStatus Status { get; set; }

    public long PostedMinor { get; set; }

    public long HeldMinor { get; set; }

    public long? FloorMinor { get; set; }

    public DateTimeOffset OpenedAsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}

/// <summary>What an account is for.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<AccountKind>))]
public enum AccountKind
{
    Nostro,
    Vostro,
    Customer,
    Suspense,
    Fee,
    Opening,
    Custody,
    /// <summary>The environment's position in one currency: where the two sides of an exchange meet.</summary>
    FxPosition,
}

/// <summary>Whether an account can be used.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<AccountStatus>))]
public enum AccountStatus
{
    Open,
    Blocked,
    Closed,
}

/// <summary>On which side an account grows: liabilities by credits, assets (such as nostros) by debits.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<NormalSide>))]
public enum NormalSide
{
    Credit,
    Debit,
}

/// <summary>Details of our account at another bank. Table <c>nostro_accounts</c>.</summary>
[Table("nostro_accounts")]
[PrimaryKey(nameof(AccountId))]
public sealed class NostroAccount
{
    public Guid AccountId { get; set; }

    public required string BankId { get; set; }

    public required string BankBic { get; set; }

    public required string NumberThere { get; set; }

    public required string Currency { get; set; }
}

/// <summary>Details of another bank's account with us. Table <c>vostro_accounts</c>.</summary>
[Table("vostro_accounts")]
[PrimaryKey(nameof(AccountId))]
public sealed class VostroAccount
{
    public Guid AccountId { get; set; }

    public required string BankId { get; set; }

    public required string BankBic { get; set; }

    public required string Currency { get; set; }
}
