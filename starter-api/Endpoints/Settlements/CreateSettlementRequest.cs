namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>Body of POST /settlements. Immutable once accepted.</summary>
public sealed record CreateSettlementRequest
{
    /// <summary><c>cash</c> or <c>purchase</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The account of the own entity that pays.</summary>
    public required string DebtorAccountId { get; init; }

    /// <summary>Who is paid, and through which bank.</summary>
    public required CreditorParty Creditor { get; init; }

    /// <summary>Decimal string in major units, no more decimals than the currency has. For a purchase it may be left out, or must equal quantity × price.</summary>
    public string? Amount { get; init; }

    /// <summary>ISO 4217 code in capitals.</summary>
    public required string Currency { get; init; }

    /// <summary>The rail whose settlement window and cut-off apply; left out: the usual one of the currency.</summary>
    public string? Rail { get; init; }

    /// <summary>Business calendars that must be open beside the rail's own.</summary>
    public IReadOnlyList<string>? Calendars { get; init; }

    /// <summary>Day of the trade; left out: the business date of the request.</summary>
    public DateOnly? TradeDate { get; init; }

    /// <summary>Day on which it is to settle; left out: trade date (cash) or trade date + 3 business days (purchase).</summary>
    public DateOnly? ValueDate { get; init; }

    /// <summary>What the payment is for, passed on to the creditor; at most 140 characters.</summary>
    public string? Remittance { get; init; }

    /// <summary>Id of the trade that a purchase settles. One settlement per trade, for ever.</summary>
    public string? TradeId { get; init; }

    /// <summary>What is bought, for example an ISIN; for a purchase only.</summary>
    public string? Instrument { get; init; }

    /// <summary>Decimal string with at most 8 decimals; for a purchase only.</summary>
    public string? Quantity { get; init; }

    /// <summary>Decimal string per unit in major units with at most 8 decimals; for a purchase only.</summary>
    public string? Price { get; init; }

    /// <summary>Timeouts of this one settlement, within bounds; left out: as configured.</summary>
    public SettlementTimeouts? Timeouts { get; init; }
}
