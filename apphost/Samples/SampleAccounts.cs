using Npgsql;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>Opens sample accounts in the ledger, by its own seeder: opening balances are ledger entries like all others.</summary>
public sealed class SampleAccounts(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>What we keep at a bank for a run, in major units.</summary>
    private const long NostroMajorUnits = 1_000_000_000;

    private readonly AccountSeeder seeder = new(database);
    private readonly AccountDirectory directory = new(database);

    /// <summary>Opens them with their balances, and makes sure that we have a nostro at the bank in each of their currencies.</summary>
    /// <param name="accounts">Accounts whose ids are final account numbers.</param>
    /// <param name="entityId">Their owner.</param>
    /// <param name="bank">The bank that will execute.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task OpenAsync(
        IReadOnlyList<SampleAccount> accounts, string entityId, string bank, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        var opened = new List<NewAccount>();
        foreach (var currency in accounts.Select(account => Currency.Of(account.Currency)).Distinct())
        {
            if (await directory.FindNostroAsync(bank, currency, cancellationToken) is null)
                opened.Add(Nostro(bank, currency));
        }

        opened.AddRange(accounts.Select(account => Customer(account, entityId)));
        await seeder.OpenAsync(opened, clock.GetUtcNow(), cancellationToken);
    }

    private static NewAccount Customer(SampleAccount account, string entityId)
    {
        var currency = Currency.Of(account.Currency);
        return new NewAccount
        {
            AccountNumber = account.Id,
            Kind = AccountKind.Customer,
            EntityId = entityId,
            Name = account.Name ?? account.Id,
            Currency = currency,
            OpeningBalance = Money.Parse(account.OpeningBalance, currency),
            FloorMinor = Money.Parse(account.Floor, currency).AmountMinor,
            Status = UpperSnake.Parse<AccountStatus>(account.Status),
        };
    }

    private static NewAccount Nostro(string bank, Currency currency) => new()
    {
        AccountNumber = $"NOSTRO-{bank.ToUpperInvariant()}-{currency.Code}",
        Kind = AccountKind.Nostro,
        EntityId = InternalAccounts.EntityId,
        Name = $"Our account at {bank} in {currency.Code}",
        Currency = currency,
        OpeningBalance = new Money(NostroMajorUnits * currency.MinorPerMajor, currency),
        BankId = bank,
        BankBic = "SIMBXXX0",
        NumberThere = $"SETTLEMENT-{currency.Code}",
    };
}
