using Npgsql;
using NpgsqlTypes;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// Opens accounts, with opening balances as ledger entries against <see cref="InternalAccounts.Opening"/>, and the internal accounts
/// of every currency used.
/// </summary>
public sealed class AccountSeeder(NpgsqlDataSource dataSource)
{
    private static readonly AccountKind[] Environment = [AccountKind.Fee, AccountKind.Suspense, AccountKind.Opening, AccountKind.FxPosition];

    /// <summary>
    /// Opens what does not exist yet, in one transaction. An account that exists is left as it is, balance included, and must
    /// agree in kind, entity and currency.
    /// </summary>
    /// <exception cref="SettlementException">
    /// <see cref="SettlementFailure.DuplicateReference"/>: the number is in use by a different account;
    /// <see cref="SettlementFailure.InvalidRequest"/>: a nostro or vostro without its bank;
    /// <see cref="SettlementFailure.CurrencyMismatch"/>: an opening balance of another currency.
    /// </exception>
    public async Task OpenAsync(IReadOnlyCollection<NewAccount> accounts, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        asOf = asOf.ToUniversalTime();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var account in InternalAccountsFor(accounts.Select(account => account.Currency).Distinct()).Concat(accounts))
        {
            Require(account);
            if (await InsertAsync(connection, account, asOf, cancellationToken) is { } accountId)
                await FillAsync(connection, account, accountId, asOf, cancellationToken);
            else
                await RequireSameAsync(connection, account, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>On which side an account of this kind grows.</summary>
    public static NormalSide SideOf(AccountKind kind) =>
        kind is AccountKind.Nostro or AccountKind.Suspense or AccountKind.Custody ? NormalSide.Debit : NormalSide.Credit;

    private static IEnumerable<NewAccount> InternalAccountsFor(IEnumerable<Currency> currencies) =>
        from currency in currencies
        from kind in Environment
        select new NewAccount
        {
            AccountNumber = kind switch
            {
                AccountKind.Fee => InternalAccounts.Fee(currency),
                AccountKind.Suspense => InternalAccounts.Suspense(currency),
                AccountKind.FxPosition => InternalAccounts.FxPosition(currency),
                _ => InternalAccounts.Opening(currency),
            },
            Kind = kind,
            EntityId = InternalAccounts.EntityId,
            Name = $"{UpperSnake.Lower(kind)} {currency.Code}",
            Currency = currency,
        };

    private static void Require(NewAccount account)
    {
        if (account.OpeningBalance is { } balance && balance.Currency != account.Currency)
            throw new SettlementException(SettlementFailure.CurrencyMismatch, "The opening balance is of another currency than the account.");
        if (account.Kind is AccountKind.Nostro or AccountKind.Vostro && (account.BankId is null || account.BankBic is null))
            throw new SettlementException(SettlementFailure.InvalidRequest, "A nostro or vostro account names its bank and BIC.");
        if (account.Kind is AccountKind.Nostro && account.NumberThere is null)
            throw new SettlementException(SettlementFailure.InvalidRequest, "A nostro account names our number at the bank.");
    }

    private static async Task<Guid?> InsertAsync(NpgsqlConnection connection, NewAccount account, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var floor = account.FloorMinor ?? (Environment.Contains(account.Kind) ? null : 0);
        var ids = await Sql.ListAsync(connection, Sql.Command("""
            INSERT INTO settlement.accounts (account_id, account_number, kind, normal_side, entity_id, name, currency, floor_minor, opened_as_of)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (account_number) DO NOTHING RETURNING account_id
            """, Guid.CreateVersion7(), account.AccountNumber, UpperSnake.Of(account.Kind), UpperSnake.Of(SideOf(account.Kind)), account.EntityId,
            account.Name, account.Currency.Code, Sql.Typed(floor, NpgsqlDbType.Bigint), asOf), reader => reader.GetGuid(0), cancellationToken);
        return ids.Count == 0 ? null : ids[0];
    }

    private static async Task FillAsync(NpgsqlConnection connection, NewAccount account, Guid accountId, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (account.Kind is AccountKind.Nostro)
            await Sql.ExecuteAsync(connection, Sql.Command("INSERT INTO settlement.nostro_accounts (account_id, bank_id, bank_bic, number_there, currency) VALUES ($1, $2, $3, $4, $5)",
                accountId, account.BankId!, account.BankBic!, account.NumberThere!, account.Currency.Code), cancellationToken);
        if (account.Kind is AccountKind.Vostro)
            await Sql.ExecuteAsync(connection, Sql.Command("INSERT INTO settlement.vostro_accounts (account_id, bank_id, bank_bic, currency) VALUES ($1, $2, $3, $4)",
                accountId, account.BankId!, account.BankBic!, account.Currency.Code), cancellationToken);
        await AuditWriter.AppendAsync(connection, new AuditRecord($"account:{account.AccountNumber}", "account_opened", new Actor("account-seeder", ActorSource.Migration),
            "opened", asOf) { EntityId = account.EntityId }, cancellationToken);
        if (account.OpeningBalance is { IsZero: false } balance)
            await PostOpeningAsync(connection, account, accountId, balance, asOf, cancellationToken);
        if (account.Status is not AccountStatus.Open)
            await Sql.ExecuteAsync(connection, Sql.Command("UPDATE settlement.accounts SET status = $2 WHERE account_id = $1", accountId, UpperSnake.Of(account.Status)), cancellationToken);
    }

    private static async Task PostOpeningAsync(
        NpgsqlConnection connection, NewAccount account, Guid accountId, Money balance, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var opening = (await Sql.ListAsync(connection, Sql.Command("SELECT account_id FROM settlement.accounts WHERE account_number = $1",
            InternalAccounts.Opening(account.Currency)), reader => reader.GetGuid(0), cancellationToken)).Single();
        var credit = SideOf(account.Kind) is NormalSide.Credit ? balance : -balance;
        await Sql.ExecuteAsync(connection, LedgerCommands.Open(Guid.CreateVersion7(), $"opening balance of {account.AccountNumber}",
            DateOnly.FromDateTime(asOf.UtcDateTime), asOf, [new Leg(accountId, credit), new Leg(opening, -credit)]), cancellationToken);
    }

    private static async Task RequireSameAsync(NpgsqlConnection connection, NewAccount account, CancellationToken cancellationToken)
    {
        var same = await Sql.ListAsync(connection, Sql.Command("""
            SELECT 1 FROM settlement.accounts WHERE account_number = $1 AND kind = $2 AND entity_id = $3 AND currency = $4
            """, account.AccountNumber, UpperSnake.Of(account.Kind), account.EntityId, account.Currency.Code), _ => true, cancellationToken);
        if (same.Count == 0)
            throw new SettlementException(SettlementFailure.DuplicateReference, $"Account {account.AccountNumber} exists with another kind, entity or currency.");
    }
}
