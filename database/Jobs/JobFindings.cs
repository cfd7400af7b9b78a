using Npgsql;

namespace Settlement.Database;

/// <summary>
/// The proof that no retry and no deadline was missed, from the books alone: each rule lists the settlements that should have left their
/// state, or should have called a person, and have done neither. A timer that never fired shows here, whatever the reason.
/// </summary>
public sealed class JobFindings(NpgsqlDataSource dataSource)
{
    /// <summary>Every rule lists at most as many.</summary>
    public const int MaxPerRule = 200;

    // Each gives the settlements of one rule with the instant that has passed. Durations are those recorded in the workflow's input.
    private static readonly (string Rule, string Detail, string Condition, string Instant)[] Rules =
    [
        ("retry", "waits for its automatic attempt and nobody was called", "s.status = 'AWAITING_RETRY' AND NOT s.needs_attention", Since("retry_delay_seconds", 30)),
        ("retry_deadline", "waited for a retry longer than allowed", $"s.status = 'AWAITING_RETRY' AND {NotExtended}", Since("awaiting_retry_seconds", 259_200)),
        ("approval_deadline", "waited for an approver longer than allowed", $"s.status = 'AWAITING_APPROVAL' AND {NotExtended}", Since("approval_timeout_seconds", 86_400)),
        ("window", "its window is open and it has not moved", "s.status = 'SCHEDULED' AND NOT s.needs_attention", "s.opens_at"),
        ("confirmation", "the bank has not confirmed in time and nobody asks", "s.status = 'TRANSFER_INITIATED' AND NOT s.needs_attention", Since("confirmation_timeout_seconds", 300)),
        ("outcome", "its outcome is unknown for longer than allowed and nobody was called", "s.status = 'OUTCOME_UNKNOWN' AND NOT s.needs_attention", Since("outcome_deadline_seconds", 1_800)),
        ("due", "is due and was not reported", Unreported("due"), "s.due_at"),
        ("overdue", "is overdue and was not reported", Unreported("overdue"), "s.warning_at"),
        ("critical", "is critically overdue and was not reported", Unreported("critical"), "s.critical_at"),
        ("stuck", "has been in one state for too long and was not reported", $"s.status <> 'SCHEDULED' AND {Unreported("stuck")}",
            "s.status_since + make_interval(hours => 1) * coalesce((s.workflow_input #>> '{timings,stuck_status_hours}')::double precision, 48)"),
    ];

    private const string NotExtended =
        "NOT EXISTS (SELECT 1 FROM settlement.settlement_operation_checkpoints c WHERE c.settlement_id = s.settlement_id AND c.step LIKE 'operator:extend%' AND c.as_of >= s.status_since)";

    /// <summary>All settlements that are late by more than the grace, oldest first within each rule.</summary>
    /// <param name="asOf">Business time.</param>
    /// <param name="grace">What a busy system may be late without anybody having to know.</param>
    /// <param name="withEscalations">False leaves out what the kill switch for escalation silences.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<JobFinding>> MissedAsync(DateTimeOffset asOf, TimeSpan grace, bool withEscalations = true, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var findings = new List<JobFinding>();
        foreach (var (rule, detail, condition, instant) in Rules.Where(rule => withEscalations || !IsEscalation(rule.Rule)))
            findings.AddRange(await Sql.ListAsync(connection, Sql.Command($"""
                SELECT s.settlement_id, s.reference, {instant} FROM settlement.settlement_transactions s
                 WHERE s.status NOT IN ('SETTLED', 'FAILED', 'CANCELLED') AND {condition} AND {instant} < $1 ORDER BY 3 LIMIT {MaxPerRule}
                """, asOf.ToUniversalTime() - grace),
                row => new JobFinding(row.GetGuid(0), row.GetString(1), rule, row.GetFieldValue<DateTimeOffset>(2), detail), cancellationToken));
        return findings;
    }

    private static bool IsEscalation(string rule) => rule is "due" or "overdue" or "critical" or "stuck";

    private static string Since(string timing, int secondsOtherwise) =>
        $"s.status_since + make_interval(secs => coalesce((s.workflow_input #>> '{{timings,{timing}}}')::double precision, {secondsOtherwise}))";

    // A deadline that was moved is another one: only a report at or after it counts.
    private static string Unreported(string level)
    {
        var from = level switch { "due" => "s.due_at", "overdue" => "s.warning_at", "critical" => "s.critical_at", _ => "s.status_since" };
        return $"NOT EXISTS (SELECT 1 FROM settlement.settlement_operation_checkpoints c WHERE c.settlement_id = s.settlement_id AND c.step LIKE 'escalate:{level}:%' AND c.as_of >= {from})";
    }
}

/// <summary>Something that a watching job found and that should not be.</summary>
/// <param name="SettlementId">Whose.</param>
/// <param name="Reference">Its reference.</param>
/// <param name="Rule">Which rule is broken, a short name such as <c>retry</c> or <c>due</c>.</param>
/// <param name="Since">When it should have happened at the latest, business time.</param>
/// <param name="Detail">One sentence.</param>
public sealed record JobFinding(Guid SettlementId, string Reference, string Rule, DateTimeOffset Since, string Detail);
