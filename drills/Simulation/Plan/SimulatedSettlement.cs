namespace Settlement.Drills.Simulation.Plan;

/// <summary>One request of the simulation and what will happen around it.</summary>
/// <param name="Number">From 0; its idempotency key follows from it.</param>
/// <param name="Account">Who pays.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Decimal string, major units.</param>
/// <param name="Creditor">Account that is paid; the bank's manner hangs on it.</param>
/// <param name="Manner">What the bank does.</param>
/// <param name="Action">What an operator does of his own accord.</param>
/// <param name="ActAfterMilliseconds">When.</param>
/// <param name="Edge">Which edge of the clock it is sent to.</param>
internal sealed record SimulatedSettlement(
    int Number, string Account, string Currency, string Amount, string Creditor, BankManner Manner, PlannedActionKind Action, int ActAfterMilliseconds, ClockEdge Edge);
