using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>What is known of an instruction.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<BankOutcome>))]
public enum BankOutcome
{
    /// <summary>Nobody can say whether the bank has it or has executed it.</summary>
    Unknown,
    /// <summary>The bank has it and will answer later.</summary>
    Accepted,
    /// <summary>Executed.</summary>
    Settled,
    /// <summary>Refused; no money moved.</summary>
    Rejected,
    /// <summary>Proven: no byte of it ever reached the bank.</summary>
    NotSent,
    /// <summary>The bank does not know it at this moment, which proves nothing about later.</summary>
    NotFound,
    /// <summary>A recall was granted; no money moved, and none will.</summary>
    Recalled,
    /// <summary>A person established, with evidence and a second person's ticket, that no money moved and none will.</summary>
    NotExecuted,
    /// <summary>A kill switch holds it back: nothing was recorded and nothing sent. Not an end: it is tried again.</summary>
    Held,
}
