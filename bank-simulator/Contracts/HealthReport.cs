namespace Settlement.BankSimulator.Contracts;

/// <summary>Answer of GET /health.</summary>
public sealed record HealthReport(string Status);
