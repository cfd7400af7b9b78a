using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// Reads a settlement by ordinal. Steps use it instead of EF Core because they read the row in the same round trip that
/// claims the step.
/// </summary>
internal static class SettlementRowReader
{
    /// <summary>Columns in the order in which <see cref="Read"/> takes them; the table's alias is <c>s</c>.</summary>
    public const string Columns = """
        s.settlement_id, s.reference, s.kind, s.status, s.attempt, s.entity_id, s.debtor_account, s.currency, s.amount_minor,
        s.fee_minor, s.quantity, s.price, s.instrument, s.trade_id, s.bank_id, s.rail, s.calendar_codes, s.creditor_name,
        s.creditor_account, s.creditor_bic, s.creditor_country, s.remittance, s.stated_trade_date, s.stated_value_date,
        s.returns_settlement_id, s.created_by, s.created_as_of, s.workflow_input, s.trade_date, s.value_date, s.opens_at,
        s.due_at, s.warning_at, s.critical_at, s.calendar_version, s.window_version, s.needs_attention, s.attention_reason,
        s.attention_owner, s.attention_since, s.failure, s.failure_message, s.settled_at, s.changed_by, s.changed_source,
        s.changed_reason, s.changed_as_of, s.changed_step, s.status_since, s.recorded_at, s.archived_as_of
        """;

    public static SettlementTransaction Read(NpgsqlDataReader reader) => new()
    {
        SettlementId = reader.GetFieldValue<Guid>(0),
        Reference = reader.GetFieldValue<string>(1),
        Kind = UpperSnake.Parse<SettlementKind>(reader.GetString(2)),
        Status = UpperSnake.Parse<SettlementStatus>(reader.GetString(3)),
        Attempt = reader.GetFieldValue<int>(4),
        EntityId = reader.GetFieldValue<string>(5),
        DebtorAccount = reader.GetFieldValue<string>(6),
        Currency = reader.GetFieldValue<string>(7),
        AmountMinor = reader.GetFieldValue<long>(8),
        FeeMinor = reader.GetFieldValue<long>(9),
        Quantity = reader.IsDBNull(10) ? null : reader.GetFieldValue<decimal>(10),
        Price = reader.IsDBNull(11) ? null : reader.GetFieldValue<decimal>(11),
        Instrument = reader.IsDBNull(12) ? null : reader.GetFieldValue<string>(12),
        TradeId = reader.IsDBNull(13) ? null : reader.GetFieldValue<string>(13),
        BankId = reader.GetFieldValue<string>(14),
        Rail = reader.GetFieldValue<string>(15),
        CalendarCodes = reader.GetFieldValue<string[]>(16),
        CreditorName = reader.GetFieldValue<string>(17),
        CreditorAccount = reader.GetFieldValue<string>(18),
        CreditorBic = reader.IsDBNull(19) ? null : reader.GetFieldValue<string>(19),
        CreditorCountry = reader.IsDBNull(20) ? null : reader.GetFieldValue<string>(20),
        Remittance = reader.IsDBNull(21) ? null : reader.GetFieldValue<string>(21),
        StatedTradeDate = reader.IsDBNull(22) ? null : reader.GetFieldValue<DateOnly>(22),
        StatedValueDate = reader.IsDBNull(23) ? null : reader.GetFieldValue<DateOnly>(23),
        ReturnsSettlementId = reader.IsDBNull(24) ? null : reader.GetFieldValue<Guid>(24),
        CreatedBy = reader.GetFieldValue<string>(25),
        CreatedAsOf = reader.GetFieldValue<DateTimeOffset>(26),
        WorkflowInput = reader.GetFieldValue<string>(27),
        TradeDate = reader.IsDBNull(28) ? null : reader.GetFieldValue<DateOnly>(28),
        ValueDate = reader.IsDBNull(29) ? null : reader.GetFieldValue<DateOnly>(29),
        OpensAt = reader.IsDBNull(30) ? null : reader.GetFieldValue<DateTimeOffset>(30),
        DueAt = reader.IsDBNull(31) ? null : reader.GetFieldValue<DateTimeOffset>(31),
        WarningAt = reader.IsDBNull(32) ? null : reader.GetFieldValue<DateTimeOffset>(32),
        CriticalAt = reader.IsDBNull(33) ? null : reader.GetFieldValue<DateTimeOffset>(33),
        CalendarVersion = reader.IsDBNull(34) ? null : reader.GetFieldValue<int>(34),
        WindowVersion = reader.IsDBNull(35) ? null : reader.GetFieldValue<int>(35),
        NeedsAttention = reader.GetFieldValue<bool>(36),
        AttentionReason = reader.IsDBNull(37) ? null : UpperSnake.Parse<AttentionReason>(reader.GetString(37)),
        AttentionOwner = reader.IsDBNull(38) ? null : reader.GetFieldValue<string>(38),
        AttentionSince = reader.IsDBNull(39) ? null : reader.GetFieldValue<DateTimeOffset>(39),
        Failure = reader.IsDBNull(40) ? null : UpperSnake.Parse<SettlementFailure>(reader.GetString(40)),
        FailureMessage = reader.IsDBNull(41) ? null : reader.GetFieldValue<string>(41),
        SettledAt = reader.IsDBNull(42) ? null : reader.GetFieldValue<DateTimeOffset>(42),
        ChangedBy = reader.GetFieldValue<string>(43),
        ChangedSource = UpperSnake.Parse<ActorSource>(reader.GetString(44)),
        ChangedReason = reader.GetFieldValue<string>(45),
        ChangedAsOf = reader.GetFieldValue<DateTimeOffset>(46),
        ChangedStep = reader.GetFieldValue<string>(47),
        StatusSince = reader.GetFieldValue<DateTimeOffset>(48),
        RecordedAt = reader.GetFieldValue<DateTimeOffset>(49),
        ArchivedAsOf = reader.IsDBNull(50) ? null : reader.GetFieldValue<DateTimeOffset>(50),
    };
}
