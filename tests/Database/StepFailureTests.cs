using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>What a step does when the database fails it in the middle.</summary>
public class StepFailureTests : DatabaseTest
{
    private Bank bank = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bank = await Bank.OpenAsync(DataSource);
    }

    [Theory]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    public async Task RunAsync_LosesARaceTwice_RunsAgainAndCommitsOnce(string sqlState)
    {
        var id = await bank.CreateAsync();
        var runs = 0;
        var result = await Runner.RunAsync(Key(id, StepName.Escalate), Now, async step =>
        {
            step.RaiseAttention(AttentionReason.Overdue, Tester, "late");
            if (++runs <= 2)
                await RaiseAsync(step, sqlState);
            return runs;
        });
        (result.Value, result.Repeated).ShouldBe((3, false));
        (await ScalarAsync<long>("SELECT count(*) FROM settlement.audit_log WHERE action = 'attention_changed'")).ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_LosesEveryRace_GivesUpAfterABoundedNumberOfTries()
    {
        var id = await bank.CreateAsync();
        var runs = 0;
        var error = await Should.ThrowAsync<PostgresException>(() => Runner.RunAsync(Key(id, StepName.Escalate), Now, async step =>
        {
            runs++;
            await RaiseAsync(step, PostgresErrorCodes.DeadlockDetected);
            return true;
        }));
        error.SqlState.ShouldBe(PostgresErrorCodes.DeadlockDetected);
        runs.ShouldBe(StepRunner.MaxTries);
    }

    [Fact]
    public async Task RunAsync_SessionKilledInTheMiddle_LeavesNoTraceAndTheSameKeyWorksAgain()
    {
        var id = await bank.CreateAsync();
        await Should.ThrowAsync<NpgsqlException>(() => Runner.RunAsync(Key(id, StepName.Lock), Now, async step =>
        {
            await step.Ledger.HoldAsync(Now.AddHours(1), PaymentLegs.Holds(bank.Debtor.AccountId, bank.Nostro.AccountId, step.Amount, step.Fee));
            await step.WithConnectionAsync(async (connection, cancellationToken) =>
            {
                await SqlAsync($"SELECT pg_terminate_backend({connection.ProcessID})");
                return 0;
            });
            step.Transition(SettlementStatus.FundsLocked, Tester, "locked");
            return true;
        }));
        (await bank.BalanceAsync(bank.Debtor)).Held.ShouldBe(0);
        (await bank.LockAsync(id)).Repeated.ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_AnyOutcome_ReturnsItsConnectionOutOfTheTransaction()
    {
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.LockAsync(id);
        await Should.ThrowAsync<SettlementException>(() => bank.FinalizeAsync(id));
        await Should.ThrowAsync<SettlementException>(() => bank.LockAsync(Guid.CreateVersion7()));
        await using (await DataSource.OpenConnectionAsync())
        {
            (await ScalarAsync<long>("""
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'
                """)).ShouldBe(0, "a pooled session still holds a settlement's row");
        }
    }

    [Fact]
    public async Task RunActAsync_SameActOverTwoAttempts_IsExecutedOnce()
    {
        var id = await bank.CreateAsync();
        var actionName = StepName.Operator.With("note", "r-1");
        (await Runner.RunActionAsync(id, actionName, Now, _ => Task.FromResult("first"))).Value.ShouldBe("first");
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await bank.RollBackAsync(id);
        await bank.LockAsync(id, attempt: 2);
        var again = await Runner.RunActionAsync(id, actionName, Now, _ => Task.FromResult("second"));
        (again.Value, again.Repeated).ShouldBe(("first", true));
    }

    private static Task<int> RaiseAsync(StepContext step, string sqlState) => step.WithConnectionAsync(async (connection, cancellationToken) =>
    {
        await using var command = new NpgsqlCommand($"DO $$ BEGIN RAISE EXCEPTION 'another was faster' USING ERRCODE = '{sqlState}'; END $$", connection);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    });
}
