namespace Settlement.Activities.Banks;

/// <summary>What is known after asking a bank to give an instruction up (ISO 20022 camt.056, answered by camt.029). A closed set.</summary>
public abstract record RecallAnswer
{
    private RecallAnswer()
    {
    }

    /// <summary>Cancelled (CNCL): no money has moved, or it has come back in full.</summary>
    public sealed record Recalled(DateTimeOffset At) : RecallAnswer;

    /// <summary>Refused (RJCR), for example ARDT (too late, already executed), ARJT (already rejected) or CUST (the beneficiary refuses).</summary>
    public sealed record Refused(string ReasonCode, DateTimeOffset At) : RecallAnswer;

    /// <summary>The bank has not decided (PDCR). Ask again with the same recall id.</summary>
    public sealed record Pending : RecallAnswer;

    /// <summary>The bank does not know the UETR.</summary>
    public sealed record NotFound : RecallAnswer;

    /// <summary>No usable answer. Repeat with the same recall id: the bank tells repeats by it.</summary>
    public sealed record Unknown(string Reason) : RecallAnswer;
}
