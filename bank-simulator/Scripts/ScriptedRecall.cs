namespace Settlement.BankSimulator.Scripts;

/// <summary>How the bank answers a recall.</summary>
public enum ScriptedRecall
{
    /// <summary>Cancels what is not executed; refuses what is, with ARDT.</summary>
    ByBooks,

    /// <summary>Cancels what is not executed; gives back what is.</summary>
    Accept,

    /// <summary>Refuses with CUST, executed or not.</summary>
    Refuse,

    /// <summary>Refuses with ARDT and executes a held payment first: the race that the recall loses.</summary>
    TooLate,

    /// <summary>Answers PDCR and decides nothing.</summary>
    Pending,

    /// <summary>HTTP 503.</summary>
    Unavailable,
}
