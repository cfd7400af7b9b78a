namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>The receiving side. Stays in the database; Temporal gets none of it but the bank's name.</summary>
public sealed record CreditorParty
{
    /// <summary>Configured name of the bank that carries the payment.</summary>
    public required string Bank { get; init; }

    /// <summary>Account at that bank or behind it (IBAN or other), at most 34 characters.</summary>
    public required string Account { get; init; }

    /// <summary>Name of the account's holder.</summary>
    public required string Name { get; init; }

    /// <summary>BIC of the creditor's own bank (ISO 9362), 8 or 11 characters.</summary>
    public string? Bic { get; init; }

    /// <summary>Country of the creditor, ISO 3166-1 alpha-2 in capitals.</summary>
    public string? Country { get; init; }
}
