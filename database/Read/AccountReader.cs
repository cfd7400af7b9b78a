using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Reads accounts, balances and statements, within a scope. All lists are bounded.</summary>
public sealed class AccountReader(SettlementDbContext context)
{
    private const int MaxAccounts = 1000;

    /// <summary>Our accounts at other banks, by number.</summary>
    public Task<List<AccountBalance>> NostroAsync(ReadScope scope, CancellationToken cancellationToken = default) =>
        ListAsync(AccountKind.Nostro, scope, cancellationToken);

    /// <summary>Other banks' accounts with us, by number.</summary>
    public Task<List<AccountBalance>> VostroAsync(ReadScope scope, CancellationToken cancellationToken = default) =>
        ListAsync(AccountKind.Vostro, scope, cancellationToken);

    /// <summary>All accounts of a kind, or of any, by number.</summary>
    public async Task<List<AccountBalance>> ListAsync(AccountKind? kind, ReadScope scope, CancellationToken cancellationToken = default)
    {
        var rows = await Select(Within(scope).Where(account => kind == null || account.Kind == kind)).Take(MaxAccounts).ToListAsync(cancellationToken);
        return rows.ConvertAll(ToBalance);
    }

    /// <summary>One account by id, or null.</summary>
    public async Task<AccountBalance?> FindAsync(Guid accountId, ReadScope scope, CancellationToken cancellationToken = default) =>
        await Select(Within(scope).Where(account => account.AccountId == accountId)).SingleOrDefaultAsync(cancellationToken) is { } row ? ToBalance(row) : null;

    /// <summary>One account by number, or null.</summary>
    public async Task<AccountBalance?> FindAsync(string accountNumber, ReadScope scope, CancellationToken cancellationToken = default) =>
        await Select(Within(scope).Where(account => account.AccountNumber == accountNumber)).SingleOrDefaultAsync(cancellationToken) is { } row ? ToBalance(row) : null;

    /// <summary>Posted balance at the end of a value date, natural sign, minor units; 0 before the first entry.</summary>
    public async Task<long> PostedAsOfAsync(Guid accountId, DateOnly date, CancellationToken cancellationToken = default)
    {
        var side = await context.Accounts.Where(account => account.AccountId == accountId).Select(account => (NormalSide?)account.NormalSide).SingleOrDefaultAsync(cancellationToken);
        var sum = await context.LedgerEntries.Where(entry => entry.AccountId == accountId && entry.ValueDate <= date).SumAsync(entry => entry.AmountMinor, cancellationToken);
        return side is NormalSide.Debit ? -sum : sum;
    }

    /// <summary>Entries of an account, newest first.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.InvalidRequest"/>: the cursor is none of ours.</exception>
    public async Task<Page<LedgerEntry>> EntriesAsync(Guid accountId, ReadScope scope, int limit, string? cursor = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        limit = Math.Min(limit, Page<LedgerEntry>.MaxLimit);
        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out before))
            throw new SettlementException(SettlementFailure.InvalidRequest, "The cursor is not one that this list has given.");
        var items = await context.LedgerEntries
            .Where(entry => entry.AccountId == accountId && entry.EntryId < before && Within(scope).Any(owner => owner.AccountId == accountId))
            .OrderByDescending(entry => entry.EntryId).Take(limit + 1).ToListAsync(cancellationToken);
        if (items.Count <= limit)
            return new Page<LedgerEntry>(items, null);
        items.RemoveAt(limit);
        return new Page<LedgerEntry>(items, items[^1].EntryId.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private IQueryable<Account> Within(ReadScope scope) =>
        scope.EntityId is { } entity ? context.Accounts.Where(account => account.EntityId == entity) : context.Accounts;

    private IQueryable<Row> Select(IQueryable<Account> accounts) =>
        from account in accounts
        join nostro in context.NostroAccounts on account.AccountId equals nostro.AccountId into nostros
        from nostro in nostros.DefaultIfEmpty()
        join vostro in context.VostroAccounts on account.AccountId equals vostro.AccountId into vostros
        from vostro in vostros.DefaultIfEmpty()
        orderby account.AccountNumber
        select new Row(account, nostro != null ? nostro.BankId : vostro != null ? vostro.BankId : null);

    private static AccountBalance ToBalance(Row row)
    {
        var currency = Currency.Of(row.Account.Currency);
        return new AccountBalance(row.Account.AccountId, row.Account.AccountNumber, row.Account.Kind, row.Account.EntityId, row.Account.Name, row.Account.Status,
            new Money(row.Account.PostedMinor, currency), new Money(row.Account.HeldMinor, currency), row.BankId);
    }

    private sealed record Row(Account Account, string? BankId);
}

/// <summary>An account with its balances in its natural sign.</summary>
/// <param name="AccountId">Its id.</param>
/// <param name="AccountNumber">Its number.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="EntityId">Whose it is.</param>
/// <param name="Name">As shown to people.</param>
/// <param name="Status">Whether it can be used.</param>
/// <param name="Posted">Sum of its entries.</param>
/// <param name="Held">Sum of its active locks.</param>
/// <param name="BankId">Nostro and vostro: which bank.</param>
public sealed record AccountBalance(
    Guid AccountId, string AccountNumber, AccountKind Kind, string EntityId, string Name, AccountStatus Status, Money Posted, Money Held, string? BankId)
{
    /// <summary>Posted minus held.</summary>
    public Money Available => Posted - Held;
}
