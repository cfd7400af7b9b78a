namespace Settlement.StarterApi.Endpoints.Banks;

/// <summary>
/// A bank's message about one payment, in JSON with the words of ISO 20022 (pacs.002, camt.054, camt.029, pacs.004). Members that we
/// do not know are a bank's right and are kept with the stored payload.
/// </summary>
public sealed record BankMessageBody
{
    /// <summary>The bank's own id of the message; with the UETR it tells repeats.</summary>
    public string? MessageId { get; init; }

    /// <summary><c>pacs.002</c>, <c>camt.054</c>, <c>camt.029</c> or <c>pacs.004</c>.</summary>
    public string? MessageType { get; init; }

    /// <summary>The payment: UUIDv4 in lower case.</summary>
    public string? Uetr { get; init; }

    /// <summary>Status code of the message type, for example <c>ACSC</c> or <c>RJCT</c>.</summary>
    public string? Status { get; init; }

    /// <summary>ISO 20022 reason code, for example <c>AC04</c>.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Decimal string in major units.</summary>
    public string? BookedAmount { get; init; }

    /// <summary>ISO 4217 code of the booked amount.</summary>
    public string? Currency { get; init; }

    /// <summary>When the bank says it happened, ISO 8601 with offset.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The bank's reference of its booking.</summary>
    public string? BankReference { get; init; }
}
