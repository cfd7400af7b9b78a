namespace Settlement.Database;

/// <summary>What a step answered, and whether it had already been executed before this call.</summary>
/// <param name="Value">The first answer, also on a repeat.</param>
/// <param name="Repeated">True if nothing was done now.</param>
public sealed record StepResult<T>(T Value, bool Repeated);
