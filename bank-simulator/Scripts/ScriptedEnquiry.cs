namespace Settlement.BankSimulator.Scripts;

/// <summary>What GET /payments/{uetr} says.</summary>
public enum ScriptedEnquiry
{
    Truthful,

    /// <summary>404, as if the bank had never had the payment.</summary>
    Unknown,

    /// <summary>HTTP 503.</summary>
    Unavailable,

    /// <summary>No answer until the caller gives up.</summary>
    Silence,

    /// <summary>ACSC although no money moved, or whatever happened.</summary>
    ClaimSettled,

    /// <summary>RJCT although money may have moved.</summary>
    ClaimRejected,
}
