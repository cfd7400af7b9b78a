using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Open settlements in pages by id: whom a change of calendars, windows or switches may concern.</summary>
public sealed class OpenSettlements(NpgsqlDataSource dataSource)
{
    private static readonly SettlementStatus[] Ended = [SettlementStatus.Settled, SettlementStatus.Failed, SettlementStatus.Cancelled];

    /// <summary>The next page that has a schedule, in the order of ids.</summary>
    /// <param name="after">The last of the page before; null: from the beginning.</param>
    /// <param name="limit">Size of a page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<List<SettlementTransaction>> ScheduledAsync(Guid? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        return await Page(context, after).Where(row => row.DueAt != null).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The next page that a kill switch holds back.</summary>
    /// <inheritdoc cref="ScheduledAsync" path="/param"/>
    public async Task<List<SettlementTransaction>> HeldAsync(Guid? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        return await Page(context, after).Where(row => row.Status == SettlementStatus.FundsLocked).Take(limit).ToListAsync(cancellationToken);
    }

    private static IQueryable<SettlementTransaction> Page(SettlementDbContext context, Guid? after)
    {
        var open = context.Settlements.Where(row => !Ended.Contains(row.Status));
        return (after is { } last ? open.Where(row => row.SettlementId > last) : open).OrderBy(row => row.SettlementId);
    }
}
