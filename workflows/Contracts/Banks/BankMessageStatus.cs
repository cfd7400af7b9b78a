using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>What a bank's message says about one instruction (ISO 20022 pacs.002, camt.054, camt.029, pacs.004).</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<BankMessageStatus>))]
public enum BankMessageStatus
{
    /// <summary>Taken in, not yet executed (pacs.002 ACTC, ACCP, ACSP, PDNG).</summary>
    Accepted,
    /// <summary>Executed (pacs.002 ACSC, ACCC; camt.054 booked).</summary>
    Settled,
    /// <summary>Refused, and no money moved (pacs.002 RJCT).</summary>
    Rejected,
    /// <summary>A recall was granted: no money moved, or it has come back (camt.029 CNCL).</summary>
    Recalled,
    /// <summary>A recall was refused (camt.029 RJCR).</summary>
    RecallRefused,
    /// <summary>An executed payment came back (pacs.004).</summary>
    Returned,
}
