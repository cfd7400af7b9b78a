using Npgsql;
using NpgsqlTypes;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Inserts PENDING settlements. History, audit, event, first attempt and checkpoint come from the database itself.</summary>
public static class SettlementCreator
{
    private const string InsertSql = """
        INSERT INTO settlement.settlement_transactions
               (settlement_id, reference, kind, entity_id, debtor_account, currency, amount_minor, fee_minor, quantity, price, instrument, trade_id,
                bank_id, rail, calendar_codes, creditor_name, creditor_account, creditor_bic, creditor_country, remittance, stated_trade_date,
                stated_value_date, returns_settlement_id, created_by, created_as_of, workflow_input, changed_by, changed_source, changed_reason,
                changed_as_of, changed_step, status_since)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $24, $27,
                'created', $25, 'create', $25)
        """;

    /// <summary>Inserts on this connection, within whatever transaction it is in.</summary>
    /// <exception cref="SettlementException">
    /// <see cref="SettlementFailure.UnknownAccount"/> (unknown, of another entity or currency),
    /// <see cref="SettlementFailure.DuplicateReference"/> (reference or trade id in use),
    /// <see cref="SettlementFailure.AmountNotPositive"/> or <see cref="SettlementFailure.CurrencyMismatch"/> (fee).
    /// </exception>
    public static async Task InsertAsync(NpgsqlConnection connection, NewSettlement terms, CancellationToken cancellationToken = default)
    {
        Require(terms);
        var asOf = terms.CreatedAsOf.ToUniversalTime();
        try
        {
            await Sql.ExecuteAsync(connection, Sql.Command(InsertSql,
                terms.SettlementId, terms.Reference, UpperSnake.Of(terms.Kind), terms.EntityId, terms.DebtorAccount,
                terms.Amount.Currency.Code, terms.Amount.AmountMinor, terms.Fee?.AmountMinor ?? 0L,
                Sql.Typed(terms.Quantity, NpgsqlDbType.Numeric), Sql.Typed(terms.Price, NpgsqlDbType.Numeric),
                Sql.Text(terms.Instrument), Sql.Text(terms.TradeId), terms.BankId, terms.Rail, terms.CalendarCodes.ToArray(),
                terms.CreditorName, terms.CreditorAccount, Sql.Text(terms.CreditorBic), Sql.Text(terms.CreditorCountry), Sql.Text(terms.Remittance),
                Sql.Typed(terms.StatedTradeDate, NpgsqlDbType.Date), Sql.Typed(terms.StatedValueDate, NpgsqlDbType.Date),
                Sql.Typed(terms.ReturnsSettlementId, NpgsqlDbType.Uuid), terms.CreatedBy.Name, asOf, Sql.Jsonb(terms.WorkflowInputJson),
                UpperSnake.Of(terms.CreatedBy.Source)), cancellationToken);
        }
        catch (PostgresException exception) when (SqlStates.ToException(exception) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Inserts in a transaction of its own.</summary>
    /// <inheritdoc cref="InsertAsync(NpgsqlConnection, NewSettlement, CancellationToken)" path="/exception"/>
    public static async Task InsertAsync(NpgsqlDataSource dataSource, NewSettlement terms, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await InsertAsync(connection, terms, cancellationToken);
    }

    private static void Require(NewSettlement terms)
    {
        if (!terms.Amount.IsPositive)
            throw new SettlementException(SettlementFailure.AmountNotPositive, "The amount must be positive.");
        if (terms.Fee is { } fee && (fee.Currency != terms.Amount.Currency || fee.AmountMinor < 0))
            throw new SettlementException(SettlementFailure.CurrencyMismatch, "The fee is not negative and in the currency of the amount.");
        // Amount and fee are locked as one sum: refused here if that does not fit.
        _ = terms.Amount + (terms.Fee ?? Money.Zero(terms.Amount.Currency));
    }
}
