using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>A state that a settlement reached.</summary>
/// <param name="Status">The state.</param>
/// <param name="At">When, by the settlement's own history.</param>
public sealed record SampleStep(SettlementStatus Status, DateTimeOffset At);
