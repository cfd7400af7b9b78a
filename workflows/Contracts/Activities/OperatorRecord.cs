namespace Settlement.Workflows.Contracts;

/// <summary>Who acted, as recorded.</summary>
public sealed record OperatorRecord
{
    /// <summary>The acting person: the ticket's owner for Approve and Reject, else the stated operator.</summary>
    public required string Actor { get; init; }

    /// <summary>The second person, where a ticket was redeemed.</summary>
    public string? Approver { get; init; }
}
