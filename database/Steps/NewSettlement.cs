using Settlement.Domain;

namespace Settlement.Database;

/// <summary>The terms of a settlement that is to be created; all of them are immutable afterwards.</summary>
public sealed record NewSettlement
{
    /// <summary>A UUIDv7.</summary>
    public required Guid SettlementId { get; init; }

    /// <summary>See <see cref="SettlementReference"/>.</summary>
    public required string Reference { get; init; }

    public required SettlementKind Kind { get; init; }

    /// <summary>Owner of the debtor account.</summary>
    public required string EntityId { get; init; }

    /// <summary>Number of the account that pays.</summary>
    public required string DebtorAccount { get; init; }

    /// <summary>What the creditor gets.</summary>
    public required Money Amount { get; init; }

    /// <summary>What the debtor pays on top; null: none.</summary>
    public Money? Fee { get; init; }

    /// <summary>Purchase only: units bought, up to 8 decimals.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Purchase only: price per unit, up to 8 decimals.</summary>
    public decimal? Price { get; init; }

    public string? Instrument { get; init; }

    /// <summary>One settlement per trade, for ever.</summary>
    public string? TradeId { get; init; }

    /// <summary>The bank that executes, where we have a nostro in this currency.</summary>
    public required string BankId { get; init; }

    public required string Rail { get; init; }

    /// <summary>All calendars that must be open.</summary>
    public required IReadOnlyList<string> CalendarCodes { get; init; }

    public required string CreditorName { get; init; }

    public required string CreditorAccount { get; init; }

    public string? CreditorBic { get; init; }

    public string? CreditorCountry { get; init; }

    public string? Remittance { get; init; }

    public DateOnly? StatedTradeDate { get; init; }

    public DateOnly? StatedValueDate { get; init; }

    /// <summary>For a return: the settlement whose money comes back.</summary>
    public Guid? ReturnsSettlementId { get; init; }

    /// <summary>Who starts it; may never approve it.</summary>
    public required Actor CreatedBy { get; init; }

    /// <summary>Business time of the request.</summary>
    public required DateTimeOffset CreatedAsOf { get; init; }

    /// <summary>The workflow's input as JSON: the sweeper starts from exactly this.</summary>
    public required string WorkflowInputJson { get; init; }
}
