using System.Text.Json;

namespace Settlement.AppHost.Samples;

/// <summary>What is sent to POST /settlements. Amounts are texts as they are in the file, because some are wrong on purpose.</summary>
public sealed record SampleRequest
{
    public const string AlwaysOpen = "SAMPLE-24X7";

    /// <summary><c>cash</c> or <c>purchase</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>An account of the file, or any other id for an account that does not exist.</summary>
    public required string Debtor { get; init; }

    public required SampleCreditor Creditor { get; init; }

    public string? Amount { get; init; }

    public required string Currency { get; init; }

    public string Rail { get; init; } = AlwaysOpen;

    public IReadOnlyList<string> Calendars { get; init; } = [AlwaysOpen];

    public SampleBusinessDay? TradeDate { get; init; }

    public SampleBusinessDay? ValueDate { get; init; }

    public string? Remittance { get; init; }

    /// <summary>Gets the run's suffix: a trade is settled once, for ever.</summary>
    public string? TradeId { get; init; }

    public string? Instrument { get; init; }

    public string? Quantity { get; init; }

    public string? Price { get; init; }

    /// <summary>Passed on as it is; the schema lists its members.</summary>
    public JsonElement? Timeouts { get; init; }
}
