using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Input of the workflow: the facts that the process needs, fixed at creation. Names and
/// account numbers of outside parties stay in the database, so that no personal data reaches Temporal. The API stores this
/// record with the PENDING row, and whoever starts the workflow (API or sweeper) sends exactly what is stored.
/// New fields are optional, so that older histories replay.
/// </summary>
public sealed record SettlementRequest
{
    /// <summary>UUIDv7, the key of the database row.</summary>
    [JsonPropertyName("settlement_id")]
    public required Guid SettlementId { get; init; }

    /// <summary><see cref="SettlementReference"/>; the workflow id is <c>settlement-{reference}</c>.</summary>
    [JsonPropertyName("reference")]
    public required string Reference { get; init; }

    [JsonPropertyName("kind")]
    public required SettlementKind Kind { get; init; }

    /// <summary>The entity that owns the settlement.</summary>
    [JsonPropertyName("entity_id")]
    public required string EntityId { get; init; }

    /// <summary>The account that pays, by its id in our books.</summary>
    [JsonPropertyName("debtor_account_id")]
    public required string DebtorAccountId { get; init; }

    /// <summary>Which bank carries it, by its configured name.</summary>
    [JsonPropertyName("bank")]
    public required string Bank { get; init; }

    /// <summary>ISO 4217 code.</summary>
    [JsonPropertyName("currency")]
    public required string Currency { get; init; }

    /// <summary>Amount in minor units of the currency.</summary>
    [JsonPropertyName("amount_minor")]
    public required long AmountMinor { get; init; }

    /// <summary>User id of who asked for it; never an approver of it.</summary>
    [JsonPropertyName("started_by")]
    public required string StartedBy { get; init; }

    /// <summary>When it was asked for.</summary>
    [JsonPropertyName("requested_at")]
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Business calendars that must all be open, for example <c>SAMPLE-24X7</c>.</summary>
    [JsonPropertyName("calendars")]
    public IReadOnlyList<string> Calendars { get; init; } = [];

    /// <summary>Which settlement window applies.</summary>
    [JsonPropertyName("rail")]
    public string? Rail { get; init; }

    [JsonPropertyName("trade_date")]
    public DateOnly? TradeDate { get; init; }

    [JsonPropertyName("value_date")]
    public DateOnly? ValueDate { get; init; }

    /// <summary>What the API told the caller; validation computes the schedule that counts.</summary>
    [JsonPropertyName("expected_settlement_date")]
    public DateOnly? ExpectedSettlementDate { get; init; }

    /// <summary>For a return: what it brings back. Null for every payment.</summary>
    [JsonPropertyName("return_of")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReturnOf? ReturnOf { get; init; }

    /// <summary>What an earlier run of the workflow hands over; null in the first run, and never stored with the row.</summary>
    [JsonPropertyName("carried")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CarriedState? Carried { get; init; }

    /// <summary>Every timeout of this settlement, as configured when it was started.</summary>
    [JsonPropertyName("timings")]
    public SettlementTimings Timings { get; init; } = new();
}

/// <summary>What a return brings back (pacs.004).</summary>
public sealed record ReturnOf
{
    /// <summary>The settled payment.</summary>
    [JsonPropertyName("settlement_id")]
    public required Guid SettlementId { get; init; }

    /// <summary>Its reference.</summary>
    [JsonPropertyName("reference")]
    public required string Reference { get; init; }

    /// <summary>UETR of its executed instruction: a return refers to the original.</summary>
    [JsonPropertyName("uetr")]
    public required string Uetr { get; init; }

    /// <summary>The bank's message that says the money has come back unasked; null: we ask for it.</summary>
    [JsonPropertyName("message_id")]
    public string? MessageId { get; init; }
}

/// <summary>What the workflow returns at its end. The state is always terminal: SETTLED, FAILED or CANCELLED.</summary>
public sealed record SettlementResult
{
    [JsonPropertyName("settlement_id")]
    public required Guid SettlementId { get; init; }

    [JsonPropertyName("reference")]
    public required string Reference { get; init; }

    [JsonPropertyName("status")]
    public required SettlementStatus Status { get; init; }

    /// <summary>How many attempts were made; 1 is the first.</summary>
    [JsonPropertyName("attempts")]
    public required int Attempts { get; init; }

    /// <summary>Why it did not settle, else null.</summary>
    [JsonPropertyName("failure")]
    public SettlementFailure? Failure { get; init; }

    /// <summary>The reason in words, without personal data.</summary>
    [JsonPropertyName("detail")]
    public string? Detail { get; init; }
}
