namespace Settlement.BankSimulator.Books;

/// <summary>One account in one currency, in major units.</summary>
public sealed class Account(string number, string currency, decimal opening)
{
    public string Number { get; } = number;

    public string Currency { get; } = currency;

    public decimal Opening { get; } = opening;

    public decimal Balance { get; internal set; } = opening;

    /// <summary>Lowest balance allowed; null: none.</summary>
    public decimal? Floor { get; internal set; }

    public bool Closed { get; internal set; }
}
