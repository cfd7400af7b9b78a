using System.Text.Json;
using Npgsql;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.Worker.Tests.Support;

/// <summary>A PENDING row as the API leaves it when it dies before it starts the workflow.</summary>
internal static class OrphanedSettlement
{
    private const string Entity = "ACME";
    private const string Bank = "simbank";

    /// <summary>Writes the row, on an account that cannot pay it: the settlement ends at its lock and no bank is asked.</summary>
    /// <param name="books">A migrated database.</param>
    /// <param name="workflowInput">What is on record as the workflow's input; null: what belongs to the row.</param>
    public static async Task<NewSettlement> CreateAsync(NpgsqlDataSource books, string? workflowInput = null)
    {
        var now = DateTimeOffset.UtcNow;
        var terms = Terms(now, await OpenAccountsAsync(books, now));
        terms = terms with { WorkflowInputJson = workflowInput ?? JsonSerializer.Serialize(RequestOf(terms)) };
        await SettlementCreator.InsertAsync(books, terms);
        return terms;
    }

    /// <summary>The row's state now.</summary>
    public static async Task<string> StatusAsync(NpgsqlDataSource books, Guid settlementId)
    {
        await using var command = books.CreateCommand("SELECT status FROM settlement.settlement_transactions WHERE settlement_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = settlementId });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> OpenAccountsAsync(NpgsqlDataSource books, DateTimeOffset now)
    {
        var number = "CUST-" + Guid.NewGuid().ToString("N")[..8];
        await new AccountSeeder(books).OpenAsync(
        [
            new NewAccount
            {
                AccountNumber = "NOSTRO-USD", Kind = AccountKind.Nostro, EntityId = InternalAccounts.EntityId, Name = "at the bank", Currency = Currency.Usd,
                OpeningBalance = new Money(1_000_000, Currency.Usd), BankId = Bank, BankBic = "SIMBUS33", NumberThere = "0815",
            },
            new NewAccount { AccountNumber = number, Kind = AccountKind.Customer, EntityId = Entity, Name = "Acme", Currency = Currency.Usd, OpeningBalance = new Money(100, Currency.Usd) },
        ], now);
        return number;
    }

    private static NewSettlement Terms(DateTimeOffset now, string account) => new()
    {
        SettlementId = Guid.CreateVersion7(),
        Reference = SettlementReference.New(DateOnly.FromDateTime(now.UtcDateTime)),
        Kind = SettlementKind.Cash,
        EntityId = Entity,
        DebtorAccount = account,
        Amount = new Money(7_524, Currency.Usd),
        BankId = Bank,
        Rail = CalendarRules.AlwaysOpen,
        CalendarCodes = [CalendarRules.AlwaysOpen],
        CreditorName = "Creditor Ltd",
        CreditorAccount = "DE00CRED",
        CreatedBy = new Actor("stella", ActorSource.Api),
        CreatedAsOf = now,
        WorkflowInputJson = "{}",
    };

    private static SettlementRequest RequestOf(NewSettlement terms) => new()
    {
        SettlementId = terms.SettlementId,
        Reference = terms.Reference,
        Kind = terms.Kind,
        EntityId = terms.EntityId,
        DebtorAccountId = terms.DebtorAccount,
        Bank = terms.BankId,
        Currency = terms.Amount.Currency.Code,
        AmountMinor = terms.Amount.AmountMinor,
        StartedBy = terms.CreatedBy.Name,
        RequestedAt = terms.CreatedAsOf,
        Calendars = terms.CalendarCodes,
        Rail = terms.Rail,
    };
}
