namespace Settlement.BankSimulator.Desk;

/// <summary>What became of a return.</summary>
public enum ReturnOutcome
{
    Booked,
    UnknownOriginal,
    NotExecuted,
    ExceedsOriginal,
    Conflict,
}
