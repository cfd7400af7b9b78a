using Settlement.Domain;

namespace Settlement.Database;

/// <summary>An account that is to be opened.</summary>
public sealed record NewAccount
{
    /// <summary>The number people use; unique.</summary>
    public required string AccountNumber { get; init; }

    public required AccountKind Kind { get; init; }

    public required string EntityId { get; init; }

    public required string Name { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>Opening balance in the account's natural sign; null: zero.</summary>
    public Money? OpeningBalance { get; init; }

    /// <summary>
    /// Posted minus held never falls below; minor units, negative for an overdraft. Null: zero for customer, vostro, nostro
    /// and custody accounts, none for the environment's own.
    /// </summary>
    public long? FloorMinor { get; init; }

    /// <summary>State after opening; a blocked or closed account keeps its opening balance.</summary>
    public AccountStatus Status { get; init; } = AccountStatus.Open;

    /// <summary>Nostro and vostro: which bank.</summary>
    public string? BankId { get; init; }

    /// <summary>Nostro and vostro: its BIC.</summary>
    public string? BankBic { get; init; }

    /// <summary>Nostro: the number of our account there.</summary>
    public string? NumberThere { get; init; }
}
