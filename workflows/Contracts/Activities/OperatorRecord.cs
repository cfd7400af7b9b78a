using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>Who acted, as recorded.</summary>
public sealed record OperatorRecord
{
    /// <summary>The acting person: the ticket's owner for Approve and Reject, else the stated operator.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The second person, where a ticket was redeemed.</summary>
    public string? Approver { get; init; }

    /// <summary>Why the ticket was refused, in words; null if it was not, or none was needed.</summary>
    public string? Refusal { get; init; }

    /// <summary>TICKET_INVALID or FOUR_EYES_VIOLATED with <see cref="Refusal"/>.</summary>
    public SettlementFailure? RefusalKind { get; init; }
}
