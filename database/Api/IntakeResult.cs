namespace Settlement.Database.Api;

/// <summary>The answer of <see cref="SettlementIntake"/>.</summary>
/// <param name="Outcome">Which of the four.</param>
/// <param name="ResponseJson">The stored answer, when created or repeated.</param>
public sealed record IntakeResult(IntakeOutcome Outcome, string? ResponseJson = null);
