using Npgsql;
using NpgsqlTypes;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// Keeps every message of a bank once per bank, message id and UETR, and finds the settlement it speaks of. Nothing is
/// dropped: a message without an instruction is kept as UNMATCHED.
/// </summary>
public sealed class BankMessageStore(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// Stores a message, or counts a repeat of one. Word of money that comes back goes to the return under way, if there is one, and else to the
    /// payment.
    /// </summary>
    public async Task<BankMessageReceipt> RecordAsync(IncomingBankMessage message, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // xmax is zero only for a row that this statement has inserted, not for one it has updated.
        var rows = await Sql.ListAsync(connection, Sql.Command("""
            WITH known AS (
                SELECT i.settlement_id, s.reference FROM settlement.bank_instructions i
                  JOIN settlement.settlement_transactions s USING (settlement_id)
                 WHERE i.bank_id = $1
                   AND (i.uetr = $3
                        OR (i.original_uetr = $3 AND i.kind = 'RETURN' AND $4 ~ '^(camt[.]029|pacs[.]004)'
                            AND s.status NOT IN ('SETTLED', 'FAILED', 'CANCELLED')))
                 ORDER BY i.kind = 'RETURN' DESC LIMIT 1),
            stored AS (
                INSERT INTO settlement.bank_messages
                       (bank_id, message_id, uetr, type, status, currency, amount_minor, settlement_id, disposition, payload, received_as_of)
                SELECT $1, $2, $3, $4, $5, $6, $7, (SELECT settlement_id FROM known),
                       CASE WHEN EXISTS (SELECT 1 FROM known) THEN 'RECEIVED' ELSE 'UNMATCHED' END, $8, $9
                ON CONFLICT (bank_id, message_id, uetr) DO UPDATE SET repeats = bank_messages.repeats + 1
                RETURNING (xmax = 0) AS is_new)
            SELECT stored.is_new, known.settlement_id, known.reference FROM stored LEFT JOIN known ON true
            """, message.BankId, message.MessageId, message.Uetr.Value, message.Type, message.Status, Sql.Text(message.Amount?.Currency.Code),
            Sql.Typed(message.Amount?.AmountMinor, NpgsqlDbType.Bigint), Sql.Jsonb(message.PayloadJson), message.ReceivedAsOf.ToUniversalTime()),
            reader => new BankMessageReceipt(
                reader.GetBoolean(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetString(2)),
            cancellationToken);
        return rows.Single();
    }

    internal static NpgsqlBatchCommand DispositionCommand(
        string bankId, string messageId, Uetr uetr, MessageDisposition disposition, Guid settlementId) => Sql.Command("""
        UPDATE settlement.bank_messages SET disposition = $4, settlement_id = coalesce(settlement_id, $5)
         WHERE bank_id = $1 AND message_id = $2 AND uetr = $3
        """, bankId, messageId, uetr.Value, UpperSnake.Of(disposition), settlementId);
}

/// <summary>A message as a bank sent it.</summary>
/// <param name="BankId">From which bank.</param>
/// <param name="MessageId">Its id there, 1 to 64 characters.</param>
/// <param name="Uetr">Which payment it speaks of.</param>
/// <param name="Type">For example <c>pacs.002</c>, <c>camt.054</c>, <c>camt.029</c>, <c>pacs.004</c>.</param>
/// <param name="Status">For example <c>ACSC</c>, <c>RJCT</c>.</param>
/// <param name="Amount">If the message names one.</param>
/// <param name="PayloadJson">The message itself, as JSON.</param>
/// <param name="ReceivedAsOf">Business time of its arrival.</param>
public sealed record IncomingBankMessage(
    string BankId, string MessageId, Uetr Uetr, string Type, string Status, Money? Amount, string PayloadJson, DateTimeOffset ReceivedAsOf);

/// <summary>What is known of a message on its arrival.</summary>
/// <param name="IsNew">False for a repeat, which is counted and otherwise ignored.</param>
/// <param name="SettlementId">The settlement whose payment has that UETR at that bank; null if there is none.</param>
/// <param name="Reference">Its reference; the workflow is <c>settlement-{reference}</c>.</param>
public sealed record BankMessageReceipt(bool IsNew, Guid? SettlementId, string? Reference);
