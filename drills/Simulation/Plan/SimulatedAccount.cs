namespace Settlement.Drills.Simulation.Plan;

/// <summary>A customer's account with the money it starts with.</summary>
internal sealed record SimulatedAccount(string Number, string Currency, string Opening);
