using Settlement.BankSimulator.Scripts;

namespace Settlement.BankSimulator.Contracts;

/// <summary>Body of POST /payments/{uetr}/decide: the bank's back office settles or rejects a payment it holds.</summary>
public sealed record BankDecision(ScriptedOutcome Outcome, string? ReasonCode = null);
