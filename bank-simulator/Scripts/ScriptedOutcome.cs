namespace Settlement.BankSimulator.Scripts;

/// <summary>What the bank does with a payment.</summary>
public enum ScriptedOutcome
{
    /// <summary>Executes it, if the accounts allow.</summary>
    Settle,

    /// <summary>Rejects it; no money moves.</summary>
    Reject,

    /// <summary>Accepts it and decides nothing until a recall or POST /payments/{uetr}/decide.</summary>
    Hold,
}
