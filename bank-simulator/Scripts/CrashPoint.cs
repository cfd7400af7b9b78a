namespace Settlement.BankSimulator.Scripts;

/// <summary>Where the bank kills itself, once per script and step.</summary>
public enum CrashPoint
{
    None,

    /// <summary>After the request was read, before the journal knows of it: the bank never had the payment.</summary>
    BeforeRecord,

    /// <summary>After the payment is durable, before it is decided: the restarted bank goes on with it.</summary>
    AfterRecord,

    /// <summary>After it is executed (or rejected) durably, before the caller is answered.</summary>
    AfterDecision,
}
