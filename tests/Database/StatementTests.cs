using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>Statements per account and day, and balances as of any date.</summary>
public sealed class StatementTests : DatabaseTest
{
    private static readonly DateOnly Day1 = Bank.Today;

    private Bank bank = null!;
    private AccountStatements statements = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bank = await Bank.OpenAsync(DataSource);
        statements = new AccountStatements(DataSource);
    }

    [Fact]
    public async Task Close_ThreeDays_EachOpensWithTheClosingOfTheOneBefore()
    {
        await PayAsync(0, 1_000);
        await PayAsync(0, 2_000);
        await PayAsync(2, 4_000);
        await PayAsync(3, 8_000);

        await statements.CloseAsync(Day1.AddDays(2), Now.AddDays(3));

        var first = await FindAsync(0);
        (first.Number, first.Opening.AmountMinor, first.Closing.AmountMinor, first.Entries.Count).ShouldBe((1, 0, 997_000, 3));
        var quiet = await FindAsync(1);
        (quiet.Number, quiet.Opening.AmountMinor, quiet.Closing.AmountMinor, quiet.Entries.Count).ShouldBe((null, 997_000, 997_000, 0));
        var third = await FindAsync(2);
        (third.Number, third.Opening.AmountMinor, third.Closing.AmountMinor).ShouldBe((2, 997_000, 993_000));
        var open = await FindAsync(3);
        (open.IsClosed, open.Opening.AmountMinor, open.Closing.AmountMinor).ShouldBe((false, 993_000, 985_000));
        (await FindAsync(9)).Closing.AmountMinor.ShouldBe(985_000);
        (await FindAsync(-1)).Closing.AmountMinor.ShouldBe(0);
    }

    [Fact]
    public async Task Close_BookedAfterItsDayWasClosed_StandsInTheNextStatement()
    {
        await PayAsync(0, 1_000);
        await statements.CloseAsync(Day1, Now.AddDays(1));
        await PayAsync(0, 500);
        await PayAsync(1, 200);
        await statements.CloseAsync(Day1.AddDays(1), Now.AddDays(2));

        (await FindAsync(0)).Closing.AmountMinor.ShouldBe(999_000, "what is closed stays closed");
        var next = await FindAsync(1);
        (next.Number, next.Opening.AmountMinor, next.Closing.AmountMinor, next.Entries.Count).ShouldBe((2, 999_000, 998_300, 2));
    }

    [Fact]
    public async Task Close_Again_WritesNothing()
    {
        await PayAsync(0, 1_000);
        (await statements.CloseAsync(Day1, Now.AddDays(1))).ShouldBeGreaterThan(0);
        (await statements.CloseAsync(Day1, Now.AddDays(1))).ShouldBe(0);
    }

    [Fact]
    public async Task Close_ADayThatIsNotOver_IsRefused() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => statements.CloseAsync(Day1, Now));

    [Theory]
    [InlineData("opening_minor + 1, closing_minor + 1, entry_count, first_entry_id, last_entry_id")]
    [InlineData("opening_minor, closing_minor + 1, entry_count, first_entry_id, last_entry_id")]
    [InlineData("opening_minor, closing_minor, entry_count + 1, first_entry_id, last_entry_id")]
    public async Task Statement_ThatDoesNotFollow_IsRefused(string columns)
    {
        await PayAsync(0, 1_000);
        var refusal = await Should.ThrowAsync<PostgresException>(() => SqlAsync($"""
            INSERT INTO settlement.account_statements
                   (account_id, statement_number, date, closed_as_of, opening_minor, closing_minor, entry_count, first_entry_id, last_entry_id)
            SELECT account_id, 1, '2026-11-18', now(), {columns} FROM (
                SELECT account_id, 0 AS opening_minor, 999000 AS closing_minor, count(*) AS entry_count, min(entry_id) AS first_entry_id, max(entry_id) AS last_entry_id
                  FROM settlement.ledger_entries WHERE account_id = '{bank.Debtor.AccountId}' GROUP BY 1) s
            """));
        refusal.SqlState.ShouldBe(SqlStates.BrokenPromise);
    }

    [Fact]
    public async Task PostedAsOf_AnyDate_IsTheSumOfWhatIsValuedUntilThen()
    {
        await PayAsync(0, 1_000);
        await PayAsync(5, 2_000);
        await using var context = SettlementDatabase.CreateContext(DataSource);
        var reader = new AccountReader(context);
        var posted = new List<long>();
        foreach (var day in (int[])[-1, 0, 4, 5, 400])
            posted.Add(await reader.PostedAsOfAsync(bank.Debtor.AccountId, Day1.AddDays(day)));
        posted.ShouldBe([0, 999_000, 999_000, 997_000, 997_000]);
        (await reader.PostedAsOfAsync(bank.Nostro.AccountId, Day1.AddDays(5))).ShouldBe(100_000_000 - 3_000);
    }

    private async Task<AccountStatement> FindAsync(int day) => (await statements.FindAsync(Bank.Customer, Day1.AddDays(day)))!;

    /// <summary>A payment of so many cents, booked and valued so many days after the first.</summary>
    private async Task PayAsync(int day, long minor)
    {
        var id = await bank.CreateAsync(minor, 0);
        await Runner.RunActionAsync(id, new StepName("posting"), Now.AddDays(day), step => Task.FromResult(step.Ledger.PostUnlocked(
            TransferKind.Correction, [new Leg(bank.Debtor.AccountId, Usd(-minor)), new Leg(bank.Nostro.AccountId, Usd(minor))], Day1.AddDays(day), "payment")));
    }
}
