using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>A rollback that stops halfway: the recall does not get through, the lock stays, a worker dies, a person helps it on.</summary>
internal sealed class PartialReversalDrill : MoneyDrill
{
    private const string Creditor = "NW-RECALL";

    public override string Name => "partial-reversal";

    public override string Purpose => "A cancellation after sending stops halfway: the recall fails, the funds stay locked, the worker dies in between; an operator brings it to its end.";

    protected override async Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("A payment is under way and is to be cancelled");
        await environment.Bank.ScriptAsync(Creditor, Steps("""[{"outcome":"hold","recall":"unavailable"}]"""), cancellationToken);
        var timings = Quick;
        timings["confirmation_timeout_seconds"] = 600;
        timings["compensation_backoff_seconds"] = 600;
        timings["max_compensation_backoff_seconds"] = 600;
        var settlement = await desk.CreateAsync(Payer, Creditor, "880.00", timings, cancellationToken);
        await desk.WaitAsync(settlement, seen => seen.Status == "transfer_initiated", cancellationToken);
        while ((await environment.Bank.PaymentsAsync(Creditor, cancellationToken)).Count == 0)
            await Task.Delay(20, cancellationToken);
        stage.Expect((await desk.PerformAsync(settlement, "cancel", "duplicate of yesterday's payment", cancellationToken)).Taken, "past the point of no return a cancellation is a recall");

        stage.Scene("The bank's recall desk is down");
        var failing = await desk.WaitAsync(settlement, seen => seen.AttentionReason == "compensation_failing", cancellationToken);
        stage.Expect(failing is { Status: "transfer_initiated", NeedsAttention: true }, "it is not marked as failed, and it asks for a person");
        await desk.ListAttentionAsync(cancellationToken);
        stage.Expect((await desk.BalanceAsync(Payer, cancellationToken)).Held == "880.00", "the funds stay locked");
        stage.Happens("kill -9 of the worker in the middle of the rollback; it is started again");
        await environment.Environment.Worker.KillAsync();
        await environment.Environment.StartWorkerAsync(cancellationToken);
        stage.Expect((await desk.BalanceAsync(Payer, cancellationToken)).Held == "880.00", "the funds are still locked");

        stage.Scene("The recall desk is back");
        await environment.Bank.ScriptAsync(Creditor, Steps("""[{"outcome":"hold","recall":"by_books"}]"""), cancellationToken);
        stage.Expect((await desk.PerformAsync(settlement, "retry-compensation", "the bank says its recall desk is back", cancellationToken)).Taken, "the operator lets it try at once");
        var ended = await desk.WaitAsync(settlement, seen => seen.HasEnded, cancellationToken);
        stage.Expect(ended.Status == "cancelled", "it is cancelled");
        stage.Expect(await ExecutionsAsync(environment, Creditor, cancellationToken) == 0, "the bank has moved nothing");
        stage.Expect(await desk.BalanceAsync(Payer, cancellationToken) == (Opening, "0.00"), "all of the money is back, and none of it is held");
        await desk.HistoryAsync(settlement, cancellationToken);
    }
}
