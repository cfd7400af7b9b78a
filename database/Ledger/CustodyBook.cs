using Npgsql;
using NpgsqlTypes;

namespace Settlement.Database;

/// <summary>
/// Securities in custody: where an account of kind CUSTODY lies, what it holds, and what it held when it was opened. Deliveries are
/// posted by steps (<see cref="StepLedger.Deliver"/>).
/// </summary>
public sealed class CustodyBook(NpgsqlDataSource dataSource)
{
    /// <summary>Says at which custodian an account lies. Once per account; the same again changes nothing.</summary>
    /// <param name="accountId">An account of kind CUSTODY.</param>
    /// <param name="custodianId">Where it lies.</param>
    /// <param name="numberThere">Its number there.</param>
    /// <param name="covered">False for the one account that stands for the outside world and may become negative.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task RegisterAsync(Guid accountId, string custodianId, string numberThere, bool covered = true, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await Sql.ExecuteAsync(connection, Sql.Command("""
            INSERT INTO settlement.custody_accounts (account_id, custodian_id, number_there, covered) VALUES ($1, $2, $3, $4) ON CONFLICT (account_id) DO NOTHING
            """, accountId, custodianId, numberThere, covered), cancellationToken);
    }

    /// <summary>Holdings that are there at the opening; they sum to zero per instrument with the account of the outside world. Needs the schema's owner.</summary>
    public async Task OpenAsync(IReadOnlyList<Delivery> legs, string description, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await Sql.ExecuteAsync(connection, Sql.Command("SELECT settlement.custody_open($1, $2, $3, $4, $5, $6, $7)",
            [Guid.CreateVersion7(), Text.Clip(description, 200)!, DateOnly.FromDateTime(asOf.UtcDateTime), asOf.ToUniversalTime(), .. Arrays(legs)]), cancellationToken);
    }

    /// <summary>What an account holds, by instrument; instruments that it holds no more are left out.</summary>
    public async Task<IReadOnlyList<Holding>> HoldingsAsync(Guid accountId, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Sql.ListAsync(connection, Sql.Command("""
            SELECT instrument, posted FROM settlement.custody_holdings WHERE account_id = $1 AND posted <> 0 ORDER BY instrument
            """, accountId), row => new Holding(row.GetString(0), row.GetDecimal(1)), cancellationToken);
    }

    internal static NpgsqlBatchCommand DeliverCommand(Guid transferId, IReadOnlyList<Delivery> legs) =>
        Sql.Command("SELECT settlement.custody_deliver($1, $2, $3, $4)", [transferId, .. Arrays(legs)]);

    private static object[] Arrays(IReadOnlyList<Delivery> legs) =>
    [
        Sql.Typed(legs.Select(leg => leg.AccountId).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid),
        Sql.Typed(legs.Select(leg => leg.Instrument).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
        Sql.Typed(legs.Select(leg => leg.Quantity).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Numeric),
    ];
}

/// <summary>One leg of a transfer in securities: a positive quantity is received, a negative one delivered.</summary>
/// <param name="AccountId">A custody account.</param>
/// <param name="Instrument">What is delivered, for example an ISIN.</param>
/// <param name="Quantity">Units, up to 8 decimals.</param>
public sealed record Delivery(Guid AccountId, string Instrument, decimal Quantity);

/// <summary>What a custody account holds of one instrument.</summary>
/// <param name="Instrument">Which.</param>
/// <param name="Quantity">Units, up to 8 decimals.</param>
public sealed record Holding(string Instrument, decimal Quantity);
