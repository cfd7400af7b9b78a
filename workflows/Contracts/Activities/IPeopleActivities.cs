using System.Text.Json.Serialization;
using Settlement.Domain;
using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>People: who is called, who is told, and what operators did.</summary>
public interface IPeopleActivities
{
    /// <summary>Raises or clears <c>needs_attention</c>: flag, case with age and reason, event and notification.</summary>
    [Activity("SetAttention")]
    Task SetAttentionAsync(AttentionInput input);

    /// <summary>A deadline has passed: event and notification, and from the warning on a case and the attention flag.
    /// Fails as SwitchedOff, with nothing done, while a kill switch holds escalations back.</summary>
    [Activity("Escalate")]
    Task EscalateAsync(EscalationInput input);

    /// <summary>
    /// Writes an operator's action, with identity, reason and source, to audit and events, before the action takes effect. An action that
    /// carries a ticket redeems it in the same transaction.
    /// </summary>
    [Activity("RecordOperatorAction")]
    Task<OperatorRecord> RecordOperatorActionAsync(OperatorActionInput input);
}

/// <summary>A person is needed for a reason, or no longer is.</summary>
public sealed record AttentionInput : RepeatableStepInput
{
    /// <summary>True raises the flag and opens a case, false closes what was raised for the reason.</summary>
    public required bool Raised { get; init; }

    /// <summary>Why; null clears every reason that is not suspense or a late confirmation.</summary>
    public AttentionReason? Reason { get; init; }

    /// <summary>When clearing: what people are still needed for.</summary>
    public AttentionReason? Remaining { get; init; }

    /// <summary>In words, without personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>The compensation that keeps failing, <c>VOID_LOCK</c> or <c>RECALL</c>, so that its record says so too.</summary>
    public string? Compensation { get; init; }

    /// <summary>Who cleared it.</summary>
    public Actor? Actor { get; init; }
}

/// <summary>One escalation; it happens once per settlement and level, STUCK once per stay in a state.</summary>
public sealed record EscalationInput : RepeatableStepInput
{
    public required EscalationLevel Level { get; init; }

    /// <summary>The instant that passed.</summary>
    public required DateTimeOffset DeadlineAt { get; init; }

    /// <summary>State in which it happened.</summary>
    public required SettlementStatus Status { get; init; }
}

/// <summary>Which deadline has passed.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<EscalationLevel>))]
public enum EscalationLevel
{
    /// <summary>The due date's cut-off: told, no person needed yet.</summary>
    Due,
    /// <summary>Overdue by the warning days.</summary>
    Overdue,
    /// <summary>Overdue by the critical days.</summary>
    Critical,
    /// <summary>Too long in one state.</summary>
    Stuck,
}

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
