namespace Settlement.Workflows.Contracts;

/// <summary>An operator's action as it reached the workflow.</summary>
public sealed record OperatorActionInput : StepInput
{
    /// <summary>Name of the update, for example <c>Retry</c>.</summary>
    public required string Action { get; init; }

    public required string Operator { get; init; }
    public required string Reason { get; init; }
    public required string RequestId { get; init; }

    /// <summary>One of <see cref="ActorSources"/>, as the caller says.</summary>
    public required string Source { get; init; }

    /// <summary>Who started the settlement, and therefore never approves it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>One-time ticket of Approve, Reject and Resolve.</summary>
    public string? Ticket { get; init; }

    /// <summary>Outcome of a resolution.</summary>
    public string? Outcome { get; init; }

    /// <summary>Evidence of a resolution.</summary>
    public string? Evidence { get; init; }

    /// <summary>The new deadline of an extension.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Proof of a source that is the API.</summary>
    public string? Signature { get; init; }

    /// <summary>What the workflow hands on of an action.</summary>
    /// <param name="step">Whose action, and when.</param>
    /// <param name="update">Name of the update.</param>
    /// <param name="action">The action as its caller sent it; <see cref="Asked"/> gives it back.</param>
    /// <param name="startedBy">Who started the settlement.</param>
    public static OperatorActionInput Of(StepInput step, string update, OperatorAction action, string startedBy)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(action);
        return new OperatorActionInput
        {
            SettlementId = step.SettlementId,
            Attempt = step.Attempt,
            AsOf = step.AsOf,
            Action = update,
            Operator = action.Operator,
            Reason = action.Reason,
            RequestId = action.RequestId,
            Source = action.Source ?? ActorSources.CommandLine,
            StartedBy = startedBy,
            Ticket = (action as TicketedAction)?.Ticket,
            Outcome = (action as ResolveAction)?.Outcome,
            Evidence = (action as ResolveAction)?.Evidence,
            Until = (action as ExtendDeadlineAction)?.Until,
            Signature = action.Signature,
        };
    }

    /// <summary>The action as its caller sent it, which is what a signature covers.</summary>
    public OperatorAction Asked() => this switch
    {
        { Outcome: { } outcome } => Common(new ResolveAction { Ticket = Ticket ?? "", Outcome = outcome, Evidence = Evidence ?? "" }),
        { Ticket: { } ticket } => Common(new TicketedAction { Ticket = ticket }),
        { Until: { } until } => Common(new ExtendDeadlineAction { Until = until }),
        _ => Common(new OperatorAction()),
    };

    private OperatorAction Common(OperatorAction action) =>
        action with { Operator = Operator, Reason = Reason, RequestId = RequestId, Source = Source, Signature = Signature };
}
