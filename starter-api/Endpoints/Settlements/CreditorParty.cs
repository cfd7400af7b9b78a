namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>The receiving side.</summary>
public sealed record CreditorParty
{
    /// <summary>Configured name of the bank that carries the payment.</summary>
    public required string Bank { get; init; }

    /// <summary>Account at that bank or behind it (IBAN or other), at most 34 characters.</summary>
    public required string Account { get; init; }

    /// <summary>Name of the account's holder; stays in the database.</summary>
    public string? Name { get; init; }
}
