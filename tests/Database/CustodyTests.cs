using Settlement.Database.Proof;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>Securities move by the rules of money, and in one transfer with it.</summary>
public sealed class CustodyTests : DatabaseTest
{
    private Bank bank = null!;
    private Custody custody = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bank = await Bank.OpenAsync(DataSource);
        custody = await Custody.OpenAsync(DataSource);
    }

    [Fact]
    public async Task Deliver_AgainstPayment_IsOneTransfer()
    {
        await TradeAsync(-40.5m, 1_000);
        (await HoldingAsync()).ShouldBe(59.5m);
        (await bank.BalanceAsync(bank.Debtor)).Posted.ShouldBe(1_000_000 - 1_000);
        (await ScalarAsync<long>("""
            SELECT count(*) FROM settlement.ledger_transfers t WHERE EXISTS (SELECT 1 FROM settlement.ledger_entries e WHERE e.transfer_id = t.transfer_id)
               AND EXISTS (SELECT 1 FROM settlement.custody_entries c WHERE c.transfer_id = t.transfer_id)
            """)).ShouldBe(1);
        await new AuditSealer(DataSource).SealOnceAsync();
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deliver_MoreThanIsThere_IsRefusedAndNoMoneyMoves()
    {
        (await Should.ThrowAsync<SettlementException>(() => TradeAsync(-100.00000001m, 1_000))).Failure.ShouldBe(SettlementFailure.InsufficientFunds);
        (await HoldingAsync()).ShouldBe(100m);
        (await bank.BalanceAsync(bank.Debtor)).Posted.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task Deliver_TwentyAtOnceForUnitsOfTen_ExactlyTenAreDelivered()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                await TradeAsync(-10, 100);
                return true;
            }
            catch (SettlementException refusal) when (refusal.Failure == SettlementFailure.InsufficientFunds)
            {
                return false;
            }
        }));
        outcomes.Count(delivered => delivered).ShouldBe(10);
        (await HoldingAsync()).ShouldBe(0m);
        (await bank.BalanceAsync(bank.Debtor)).Posted.ShouldBe(1_000_000 - (10 * 100));
    }

    [Fact]
    public async Task Deliver_LegsThatDoNotSumToZero_IsABug()
    {
        var id = await bank.CreateAsync();
        await Should.ThrowAsync<ArgumentException>(() => Runner.RunActionAsync(id, new StepName("trade"), Now, step =>
        {
            step.Ledger.Deliver(Guid.CreateVersion7(), [new Delivery(custody.Customer.AccountId, Custody.Instrument, 1)]);
            return Task.FromResult(true);
        }));
    }

    [Fact]
    public async Task Deliver_IntoATransferOfAnotherTransaction_IsRefused() =>
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => SqlAsync($"""
            SELECT settlement.custody_deliver((SELECT transfer_id FROM settlement.ledger_transfers LIMIT 1),
                ARRAY['{custody.Customer.AccountId}', '{custody.Outside.AccountId}']::uuid[], ARRAY['X', 'X'], ARRAY[1, -1]::numeric[])
            """))).SqlState.ShouldBe(SqlStates.BrokenPromise);

    [Theory]
    [InlineData(1, "UPDATE settlement.custody_entries SET quantity = quantity + 1 WHERE quantity > 0")]
    [InlineData(1, "UPDATE settlement.custody_holdings SET posted = posted + 1 WHERE posted > 0")]
    [InlineData(1, "DELETE FROM settlement.custody_entries")]
    public async Task Prove_BrokenHoldings_AreFound(int invariant, string sabotage)
    {
        await using (var connection = await DataSource.OpenConnectionAsync())
        await using (var command = new Npgsql.NpgsqlCommand($"SET session_replication_role = replica; {sabotage}; SET session_replication_role = DEFAULT", connection))
            (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldContain(breach => breach.Invariant == invariant);
    }

    private async Task TradeAsync(decimal quantity, long minor)
    {
        var id = await bank.CreateAsync();
        await Runner.RunActionAsync(id, new StepName("trade"), Now, step =>
        {
            var transfer = step.Ledger.PostUnlocked(
                TransferKind.Correction, [new Leg(bank.Debtor.AccountId, Usd(-minor)), new Leg(bank.Nostro.AccountId, Usd(minor))], Bank.Today, "trade");
            step.Ledger.Deliver(transfer, custody.Received(quantity));
            return Task.FromResult(transfer);
        });
    }

    private async Task<decimal> HoldingAsync() => (await custody.Book.HoldingsAsync(custody.Customer.AccountId)).SingleOrDefault()?.Quantity ?? 0;
}
