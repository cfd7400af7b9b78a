namespace Settlement.BankSimulator.Contracts;

/// <summary>The bank's business clock: body of PUT /clock and answer of GET /clock.</summary>
public sealed record ClockReading(DateTimeOffset Now);
