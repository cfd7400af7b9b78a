namespace Settlement.Domain;

/// <summary>What a check of a bank message's signature found. Only <see cref="Valid"/> lets the message in.</summary>
public enum BankSignatureVerdict
{
    /// <summary>Signed with the shared secret, over these bytes, within the replay window.</summary>
    Valid,
    /// <summary>No signature at all.</summary>
    Missing,
    /// <summary>Not of the form <c>t=SECONDS,v1=HEX</c>.</summary>
    Malformed,
    /// <summary>Signed too long ago, or in the future: a replay, or a wrong clock.</summary>
    Expired,
    /// <summary>Another secret, or other bytes.</summary>
    Wrong,
}
