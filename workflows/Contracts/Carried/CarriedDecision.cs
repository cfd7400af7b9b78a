using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>What a person decided.</summary>
public sealed record CarriedDecision(bool Granted, Actor Actor, string Reason);
