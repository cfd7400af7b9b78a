namespace Settlement.Workflows.Contracts;

/// <summary>An operator's act as it reached the workflow.</summary>
public sealed record OperatorActionInput : StepInput
{
    /// <summary>Name of the update, for example <c>Retry</c>.</summary>
    public required string Action { get; init; }

    public required string Operator { get; init; }
    public required string Reason { get; init; }
    public required string RequestId { get; init; }

    /// <summary><c>api</c> or <c>cli</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Who started the settlement, and therefore never approves it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>One-time ticket of Approve, Reject and Resolve.</summary>
    public string? Ticket { get; init; }

    /// <summary>Outcome of a resolution.</summary>
    public string? Outcome { get; init; }

    /// <summary>Evidence of a resolution.</summary>
    public string? Evidence { get; init; }
}
