using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// A verified message of a bank, as the signal <c>BankMessage</c> carries it. It may come late, twice, and out of order:
/// <see cref="MessageId"/> with <see cref="Uetr"/> tells repeats.
/// </summary>
public sealed record BankMessage
{
    /// <summary>The bank's id of the message.</summary>
    [JsonPropertyName("message_id")]
    public required string MessageId { get; init; }

    /// <summary>The instruction it is about: UUIDv4 in lower case.</summary>
    [JsonPropertyName("uetr")]
    public required string Uetr { get; init; }

    [JsonPropertyName("status")]
    public required BankMessageStatus Status { get; init; }

    /// <summary>Booked amount in minor units, where the message has one; another amount than instructed is no confirmation.</summary>
    [JsonPropertyName("amount_minor")]
    public long? AmountMinor { get; init; }

    /// <summary>ISO 4217 code of <see cref="AmountMinor"/>.</summary>
    [JsonPropertyName("currency")]
    public string? Currency { get; init; }

    /// <summary>ISO 20022 reason code of a refusal, for example <c>AC04</c>.</summary>
    [JsonPropertyName("reason_code")]
    public string? ReasonCode { get; init; }

    /// <summary>Whether a refusal with that code may be tried again by itself; whoever receives the message looks it up.</summary>
    [JsonPropertyName("retryable")]
    public bool? Retryable { get; init; }

    /// <summary>The bank's own reference of the booking.</summary>
    [JsonPropertyName("bank_reference")]
    public string? BankReference { get; init; }

    /// <summary>When the bank says it happened.</summary>
    [JsonPropertyName("at")]
    public DateTimeOffset? At { get; init; }
}

/// <summary>What a bank's message says about one instruction (ISO 20022 pacs.002, camt.054, camt.029, pacs.004).</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<BankMessageStatus>))]
public enum BankMessageStatus
{
    /// <summary>Taken in, not yet executed (pacs.002 ACTC, ACCP, ACSP, PDNG).</summary>
    Accepted,
    /// <summary>Executed (pacs.002 ACSC, ACCC; camt.054 booked).</summary>
    Settled,
    /// <summary>Refused, and no money moved (pacs.002 RJCT).</summary>
    Rejected,
    /// <summary>A recall was granted: no money moved, or it has come back (camt.029 CNCL).</summary>
    Recalled,
    /// <summary>A recall was refused (camt.029 RJCR).</summary>
    RecallRefused,
    /// <summary>An executed payment came back (pacs.004).</summary>
    Returned,
}
