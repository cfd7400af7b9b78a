using NpgsqlTypes;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>The instructions of this settlement: recorded before the bank is called, one of each kind per attempt.</summary>
public sealed class StepInstructions
{
    private readonly StepContext context;

    internal StepInstructions(StepContext context) => this.context = context;

    /// <summary>Records a payment that is about to be sent.</summary>
    /// <returns>The instruction's id.</returns>
    /// <exception cref="SettlementException">On flush: <see cref="SettlementFailure.DuplicateUetr"/>.</exception>
    public Guid RecordPayment(Uetr uetr) => Record(InstructionKind.Payment, uetr.Value, null);

    /// <summary>Records a recall (camt.056) or a return (pacs.004) that refers to a payment.</summary>
    public Guid RecordReversal(InstructionKind kind, Uetr original) => kind is InstructionKind.Payment
        ? throw new ArgumentException("A payment has a UETR of its own.", nameof(kind))
        : Record(kind, null, original.Value);

    /// <summary>Notes what the bank said about this attempt's instruction.</summary>
    public void Answer(InstructionKind kind, InstructionState state, string? bankReference = null, string? bankReason = null) =>
        context.Queue(Sql.Command("""
            UPDATE settlement.bank_instructions
               SET state = $4, bank_reference = coalesce($5, bank_reference), bank_reason = coalesce($6, bank_reason), answered_as_of = $7
             WHERE settlement_id = $1 AND attempt = $2 AND kind = $3
            """, context.Key.SettlementId, context.Key.Attempt, UpperSnake.Of(kind), UpperSnake.Of(state),
            Sql.Text(Text.Clip(bankReference, 140)), Sql.Text(Text.Clip(bankReason, 1000)), context.AsOf));

    /// <summary>Notes what became of a bank's message.</summary>
    public void SetDisposition(string bankId, string messageId, Uetr uetr, MessageDisposition disposition) =>
        context.Queue(BankMessageStore.DispositionCommand(bankId, messageId, uetr, disposition, context.Key.SettlementId));

    /// <summary>All instructions of the settlement, oldest first.</summary>
    public Task<List<BankInstruction>> ListAsync() => context.QueryAsync(
        Sql.Command("""
            SELECT instruction_id, settlement_id, attempt, kind, uetr, original_uetr, bank_id, currency, amount_minor, state,
                   bank_reference, bank_reason, recorded_as_of, answered_as_of, recorded_at
              FROM settlement.bank_instructions WHERE settlement_id = $1 ORDER BY attempt, recorded_at
            """, context.Key.SettlementId),
        reader => new BankInstruction
        {
            InstructionId = reader.GetGuid(0),
            SettlementId = reader.GetGuid(1),
            Attempt = reader.GetInt32(2),
            Kind = UpperSnake.Parse<InstructionKind>(reader.GetString(3)),
            Uetr = reader.IsDBNull(4) ? null : reader.GetGuid(4),
            OriginalUetr = reader.IsDBNull(5) ? null : reader.GetGuid(5),
            BankId = reader.GetString(6),
            Currency = reader.GetString(7),
            AmountMinor = reader.GetInt64(8),
            State = UpperSnake.Parse<InstructionState>(reader.GetString(9)),
            BankReference = reader.IsDBNull(10) ? null : reader.GetString(10),
            BankReason = reader.IsDBNull(11) ? null : reader.GetString(11),
            RecordedAsOf = reader.GetFieldValue<DateTimeOffset>(12),
            AnsweredAsOf = reader.IsDBNull(13) ? null : reader.GetFieldValue<DateTimeOffset>(13),
            RecordedAt = reader.GetFieldValue<DateTimeOffset>(14),
        });

    private Guid Record(InstructionKind kind, Guid? uetr, Guid? original)
    {
        var id = Guid.CreateVersion7();
        context.Queue(Sql.Command("""
            INSERT INTO settlement.bank_instructions
                   (instruction_id, settlement_id, attempt, kind, uetr, original_uetr, bank_id, currency, amount_minor, state, recorded_as_of)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'RECORDED', $10)
            """, id, context.Key.SettlementId, context.Key.Attempt, UpperSnake.Of(kind), Sql.Typed(uetr, NpgsqlDbType.Uuid),
            Sql.Typed(original, NpgsqlDbType.Uuid), context.Settlement.BankId, context.Settlement.Currency, context.Settlement.AmountMinor, context.AsOf));
        return id;
    }
}
