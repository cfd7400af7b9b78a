using Settlement.Domain;

namespace Settlement.AppHost.Samples;

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
