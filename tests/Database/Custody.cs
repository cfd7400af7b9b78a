using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>A customer's custody account that holds 100 units, and the one that stands for the outside world.</summary>
internal sealed record Custody(AccountIdentity Customer, AccountIdentity Outside, CustodyBook Book)
{
    public const string Instrument = "DE000BASF111";

    public static async Task<Custody> OpenAsync(NpgsqlDataSource dataSource)
    {
        await new AccountSeeder(dataSource).OpenAsync([.. ((string[])["CUSTODY-1", "CUSTODY-OUTSIDE"]).Select(number => new NewAccount
        {
            AccountNumber = number, Kind = AccountKind.Custody, EntityId = Bank.Entity, Name = number, Currency = Currency.Usd,
        })], Bank.Now);
        var directory = new AccountDirectory(dataSource);
        var custody = new Custody((await directory.FindAsync("CUSTODY-1"))!, (await directory.FindAsync("CUSTODY-OUTSIDE"))!, new CustodyBook(dataSource));
        await custody.Book.RegisterAsync(custody.Customer.AccountId, "csd", "1");
        await custody.Book.RegisterAsync(custody.Outside.AccountId, "csd", "outside", covered: false);
        await custody.Book.OpenAsync(custody.Received(100), "taken over", Bank.Now);
        return custody;
    }

    /// <summary>The legs of so many units received from outside; negative: delivered.</summary>
    public IReadOnlyList<Delivery> Received(decimal quantity) =>
        [new Delivery(Customer.AccountId, Instrument, quantity), new Delivery(Outside.AccountId, Instrument, -quantity)];
}
