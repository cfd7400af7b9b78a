using System.Text.Json;
using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>
/// One settlement, the world it runs in, what people do to it, and how it must end: the content of a file that keeps to
/// <c>samples/settlement-sample.schema.json</c>, which documents every member.
/// </summary>
public sealed record Sample
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Skipped: runs only where a time-skipping server of its own can be started.</summary>
    public SampleTime Time { get; init; } = SampleTime.Real;

    /// <summary>Opened in our books before the request.</summary>
    public required IReadOnlyList<SampleAccount> Accounts { get; init; }

    /// <summary>Opened in the bank's books before the request.</summary>
    public IReadOnlyList<SampleBankAccount> BankAccounts { get; init; } = [];

    public required SampleRequest Request { get; init; }

    /// <summary>Null: the bank accepts, executes and confirms.</summary>
    public SampleBank? Bank { get; init; }

    public IReadOnlyList<SampleAction> Operator { get; init; } = [];

    public required SampleExpectation Expect { get; init; }
}

/// <summary>Whose time a sample lives in.</summary>
public enum SampleTime
{
    /// <summary>The machine's.</summary>
    Real,

    /// <summary>That of a time-skipping server of its own: days pass in seconds.</summary>
    Skipped,
}

/// <summary>An account in our books. Amounts are decimal strings in major units of <paramref name="Currency"/>.</summary>
/// <param name="Id">Name within the file; the run adds a suffix.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="OpeningBalance">Posted when it is opened.</param>
/// <param name="Name">Null: the id.</param>
/// <param name="Floor">Lowest balance that payments may leave.</param>
/// <param name="Status"><c>open</c>, <c>blocked</c> or <c>closed</c>.</param>
public sealed record SampleAccount(
    string Id, string Currency, string OpeningBalance, string? Name = null, string Floor = "0", string Status = "open");

/// <summary>An account in the bank's books.</summary>
/// <param name="Id">Name within the file; the run adds a suffix.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="OpeningBalance">Decimal string in major units.</param>
/// <param name="Closed">True: the bank rejects payments to it with AC04.</param>
public sealed record SampleBankAccount(string Id, string Currency, string OpeningBalance = "0", bool Closed = false);

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

/// <summary>The receiving side. <paramref name="Account"/> gets the run's suffix; a null <paramref name="Bank"/> is the run's bank.</summary>
public sealed record SampleCreditor(string Account, string Name, string? Bank = null, string? Bic = null, string? Country = null);

/// <summary>A date, as a number of business days from today on the request's first calendar; so a sample fits any day it is run on.</summary>
public sealed record SampleBusinessDay(int BusinessDays);

/// <summary>The bank's script for payments to the creditor account, handed to the simulator as it is; the schema lists its members.</summary>
public sealed record SampleBank(JsonElement Steps);

/// <summary>How a sample must end: refused by the API, or along a path of states.</summary>
public sealed record SampleExpectation
{
    public SampleRefusal? Refusal { get; init; }

    /// <summary>All states in order; empty with a refusal.</summary>
    public IReadOnlyList<SettlementStatus> Path { get; init; } = [];

    /// <summary>UPPER_SNAKE of a settlement failure; null: not looked at.</summary>
    public string? Failure { get; init; }

    /// <summary>Payments to the creditor account on the bank's books; null: not looked at.</summary>
    public int? BankInstructions { get; init; }

    /// <summary>How often money moved at the bank.</summary>
    public int? BankExecutions { get; init; }

    public IReadOnlyList<SampleBalance> Balances { get; init; } = [];

    /// <summary>Longest time from request to end; by default room for a machine that is busy with other things, not a measure of speed.</summary>
    public double WithinSeconds { get; init; } = 120;
}

/// <summary>How the API must refuse the request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Problem">Last part of the problem's type.</param>
/// <param name="Place">JSON pointer of a wrong member that the problem must name; null: not looked at.</param>
public sealed record SampleRefusal(int Status, string Problem, [property: JsonPropertyName("pointer")] string? Place = null);

/// <summary>What an account of the file must show at the end; decimal strings in major units.</summary>
public sealed record SampleBalance(string Account, string Posted, string Held);
