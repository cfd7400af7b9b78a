using Settlement.AppHost.Processes;

namespace Settlement.Drills.Tests.Prove;

/// <summary><c>./prove</c> on a run that goes on, with each invariant broken on purpose, and on one that has ended.</summary>
public sealed class ProveTests(ServingRun serving) : IClassFixture<ServingRun>
{
    private readonly LaunchedRun environment = serving.Run;

    [Fact]
    public async Task Prove_RunThatHasEnded_StartsWhatHoldsTheBooks()
    {
        await using var ended = new LaunchedRun("--once");
        await ended.EndedAsync();
        var (exit, text) = await ended.ProveAsync();
        exit.ShouldBe(0, text);
        text.ShouldContain("without worker and API");
    }

    [Fact]
    public async Task Prove_NoSuchFolder_IsSaidInOneLine()
    {
        var wrong = await Should.ThrowAsync<UserErrorException>(() => new ProveCommand("/nowhere/at/all", TextWriter.Null).ExecuteAsync(CancellationToken.None));
        wrong.Message.ShouldContain("There is no folder");
    }

    [Fact]
    public async Task Prove_RunThatGoesOn_HoldsAndNamesEveryInvariant()
    {
        var (exit, text) = await environment.ProveAsync();
        exit.ShouldBe(0, text);
        for (var number = 1; number <= ProofText.Invariants.Count; number++)
            text.ShouldContain($"{number}  {ProofText.Invariants[number - 1]}");
        text.ShouldContain("The books prove out.");
    }

    [Theory]
    [InlineData(1, "UPDATE settlement.ledger_entries SET amount_minor = amount_minor + 1 WHERE entry_id = (SELECT max(entry_id) FROM settlement.ledger_entries)",
        "UPDATE settlement.ledger_entries SET amount_minor = amount_minor - 1 WHERE entry_id = (SELECT max(entry_id) FROM settlement.ledger_entries)")]
    [InlineData(2, "UPDATE settlement.accounts SET held_minor = held_minor + 1 WHERE kind = 'NOSTRO'", "UPDATE settlement.accounts SET held_minor = held_minor - 1 WHERE kind = 'NOSTRO'")]
    [InlineData(3, "ALTER TABLE settlement.accounts DROP CONSTRAINT accounts_cover; UPDATE settlement.accounts SET floor_minor = posted_minor + 1 WHERE kind = 'CUSTOMER'",
        "UPDATE settlement.accounts SET floor_minor = 0 WHERE kind = 'CUSTOMER'")]
    [InlineData(4, "UPDATE settlement.bank_instructions SET amount_minor = amount_minor + 1 WHERE kind = 'PAYMENT'", "UPDATE settlement.bank_instructions SET amount_minor = amount_minor - 1 WHERE kind = 'PAYMENT'")]
    [InlineData(5, "UPDATE settlement.settlement_transactions SET status = 'FAILED' WHERE status = 'SETTLED'", "UPDATE settlement.settlement_transactions SET status = 'SETTLED' WHERE status = 'FAILED'")]
    [InlineData(6, "UPDATE settlement.settlement_status_history SET to_status = 'PENDING' WHERE to_status = 'CONFIRMED'", "UPDATE settlement.settlement_status_history SET to_status = 'CONFIRMED' WHERE to_status = 'PENDING' AND from_status IS NOT NULL")]
    [InlineData(7, "UPDATE settlement.audit_log SET reason = reason || '.' WHERE audit_id = (SELECT min(audit_id) FROM settlement.audit_log)",
        "UPDATE settlement.audit_log SET reason = left(reason, -1) WHERE audit_id = (SELECT min(audit_id) FROM settlement.audit_log)")]
    [InlineData(8, "UPDATE settlement.settlement_transactions SET status = 'OUTCOME_UNKNOWN' WHERE status = 'SETTLED'", "UPDATE settlement.settlement_transactions SET status = 'SETTLED' WHERE status = 'OUTCOME_UNKNOWN'")]
    public async Task Prove_BrokenInvariant_IsShownWithItsEvidence(int invariant, string sabotage, string repair)
    {
        await environment.SpoilAsync(sabotage);
        try
        {
            var (exit, text) = await environment.ProveAsync();
            exit.ShouldBe(1, text);
            var line = text.Split('\n').Single(l => l.StartsWith($"  {invariant}  ", StringComparison.Ordinal));
            line.ShouldEndWith("BROKEN");
            text.ShouldContain("BREACH");
        }
        finally
        {
            await environment.SpoilAsync(repair);
        }
    }
}
