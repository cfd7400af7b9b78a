using Settlement.AppHost.Launch;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>People err: what is refused, and what becomes of the money where two of them err together.</summary>
internal sealed class OperatorErrorDrill : MoneyDrill
{
    private const string Creditor = "NW-MISREAD";

    public override string Name => "operator-error";

    public override string Purpose => "People err: repairs by hand are refused, and when two people together resolve wrongly, the bank's late word puts the amount in suspense instead of losing it.";

    protected override async Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("An outcome is unknown, and somebody wants it off the list");
        await environment.Bank.ScriptAsync(Creditor, Steps("""[{"answer":"silence","decide_after_ms":0,"enquiry":"unavailable","confirmation":{"copies":0}}]"""), cancellationToken);
        var settlement = await desk.CreateAsync(Payer, Creditor, "3000.00", Quick, cancellationToken);
        await desk.WaitAsync(settlement, seen => seen is { Status: "outcome_unknown", NeedsAttention: true }, cancellationToken);
        await desk.ListAttentionAsync(cancellationToken);
        await RepairsByHandAsync(stage, desk, settlement, cancellationToken);

        stage.Scene("Two people misread the statement: they say that it was not executed");
        stage.Expect((await desk.ResolveAsync(settlement, "not_executed", "no debit found on the statement of the wrong day", cancellationToken)).Taken, "what two people say is taken");
        await desk.WaitAsync(settlement, seen => seen.Status == "awaiting_retry", cancellationToken);
        await desk.BalanceAsync(Payer, cancellationToken);

        stage.Scene("The bank's confirmation arrives after all");
        var (uetr, _) = (await environment.Bank.PaymentsAsync(Creditor, cancellationToken)).Single();
        var status = await BankCourier.ConfirmAsync(environment, uetr, settlement.Reference, "3000.00", "USD", cancellationToken);
        stage.Happens($"pacs.002 ACSC for UETR {uetr} reaches the API, which answers {status}");
        var ended = await desk.WaitAsync(settlement, seen => seen.HasEnded, cancellationToken);
        stage.Expect(ended.Status == "failed", "it does not pay again");
        stage.Expect(ended.AttentionReason == "late_confirmation", "it asks for a person");
        var suspense = await environment.ScalarAsync<decimal>("""
            SELECT -sum(e.amount_minor) FROM settlement.ledger_entries e JOIN settlement.accounts a USING (account_id) WHERE a.kind = 'SUSPENSE' AND a.currency = 'USD'
            """, cancellationToken);
        stage.Expect(suspense == 300_000, "the amount stands in suspense, not in nobody's books");
        var refused = await desk.PerformAsync(settlement, "retry", "try again", cancellationToken);
        stage.Expect(!refused.Taken, "a retry is refused");
        await desk.HistoryAsync(settlement, cancellationToken);
    }

    private static async Task RepairsByHandAsync(DrillStage stage, OperatorDesk desk, Case settlement, CancellationToken cancellationToken)
    {
        stage.Expect(await desk.SqlAsync($"UPDATE settlement.settlement_transactions SET status = 'SETTLED' WHERE reference = '{settlement.Reference}'", cancellationToken) is not null,
            "a status is not written by hand");
        stage.Expect(await desk.SqlAsync($"UPDATE settlement.accounts SET held_minor = 0 WHERE account_number = '{Payer}'", cancellationToken) is not null,
            "a balance is not written by hand");
        stage.Expect(await desk.SqlAsync("DELETE FROM settlement.settlement_status_history", cancellationToken) is not null,
            "history is not deleted");
        var alone = await desk.PerformAsync(settlement, "resolve", "I am sure", cancellationToken, more: new() { ["outcome"] = "not_executed", ["evidence"] = "I am sure", ["ticket"] = "made-up-ticket" });
        stage.Expect(!alone.Taken, "nobody resolves alone");
        var starter = await desk.PerformAsync(settlement, "cancel", "never mind", cancellationToken, DemoUsers.Starter);
        stage.Expect(!starter.Taken, "who started it has no operator's hands");
    }
}
