namespace Settlement.BankSimulator.Scripts;

/// <summary>What the caller of POST /payments sees, whatever the bank did.</summary>
public enum ScriptedAnswer
{
    /// <summary>The truth.</summary>
    Normal,

    /// <summary>Nothing: the connection stays open until the caller gives up.</summary>
    Silence,

    /// <summary>The connection is cut.</summary>
    Disconnect,

    /// <summary>HTTP 500.</summary>
    Error,

    /// <summary>HTTP 200 with bytes that are no JSON.</summary>
    Garbage,

    /// <summary>HTTP 200 with more bytes than any caller should read.</summary>
    Oversized,
}
