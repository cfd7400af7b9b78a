namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>Answer 202 of POST /settlements: stored, and on its way. The same key and body get exactly this again, for ever.</summary>
public sealed record SettlementAccepted
{
    public required Guid SettlementId { get; init; }

    /// <summary>The name people use; the workflow id is <c>settlement-{reference}</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>Status at acceptance: <c>pending</c>.</summary>
    public required string Status { get; init; }

    public required DateOnly ExpectedSettlementDate { get; init; }
}
