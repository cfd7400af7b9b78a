using Settlement.AppHost.Temporal;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>The bank is gone for a day, in skipped time: what was with it, what never reached it, and what is done when it is back.</summary>
internal sealed class BankOutageDrill : MoneyDrill
{
    private const int Hours = 24;
    private const string Creditor = "NW-GONE";

    public override string Name => "bank-outage";

    public override string Purpose => "The bank is gone for a day (in skipped time): what it had stays locked and is asked about, what never reached it is released; nothing is sent twice.";

    protected override Task<PrivateEnvironment> StartAsync(DrillStage stage, CancellationToken cancellationToken) =>
        PrivateEnvironment.StartAsync(stage.Folder, TemporalChoice.TimeSkipping, null, cancellationToken);

    protected override async Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        var clock = new SkippedClock(environment);
        stage.Scene("One payment is with the bank when it goes down; another comes afterwards");
        await environment.Bank.ScriptAsync(Creditor, Steps("""[{"answer":"silence","decide_after_ms":0,"confirmation":{"copies":0}},{"outcome":"settle"}]"""), cancellationToken);
        var with = await desk.CreateAsync(Payer, Creditor, "2000.00", null, cancellationToken);
        while (await ExecutionsAsync(environment, Creditor, cancellationToken) == 0)
            await Task.Delay(20, cancellationToken);
        await environment.Environment.Bank.KillAsync();
        stage.Happens("the bank has executed the first, and is gone before it has answered");
        var without = await desk.CreateAsync(Payer, Creditor, "300.00", null, cancellationToken);
        await desk.WaitAsync(without, seen => seen.Status == "awaiting_retry", cancellationToken);

        stage.Scene($"{Hours} hours pass, hour by hour");
        for (var hour = 1; hour <= Hours; hour++)
        {
            await clock.PassAsync(TimeSpan.FromHours(1), cancellationToken);
            if (hour is 1 or Hours)
                stage.Happens($"hour {hour}: {await desk.GetAsync(with, cancellationToken)} / {await desk.GetAsync(without, cancellationToken)}");
        }

        await desk.ListAttentionAsync(cancellationToken);
        var (first, second) = (await desk.GetAsync(with, cancellationToken), await desk.GetAsync(without, cancellationToken));
        stage.Expect(first is { Status: "outcome_unknown", AttentionReason: "outcome_unknown" }, "the first is unknown, and a person was called");
        stage.Expect(second is { Status: "awaiting_retry", AttentionReason: "retries_exhausted" }, "the second was tried again by itself, and then a person was called");
        stage.Expect((await desk.BalanceAsync(Payer, cancellationToken)).Held == "2000.00", "the first one's funds are locked, the second one's are not");
        stage.Expect(!(await desk.PerformAsync(with, "retry", "the customer is waiting", cancellationToken)).Taken, "nobody can send the first again");

        stage.Scene("The bank is back");
        await environment.Environment.StartBankAsync(cancellationToken);
        await clock.SetBankAsync(cancellationToken);
        await clock.PublishScreeningListAsync(cancellationToken);
        stage.Happens("the bank runs again, with its books; the screening list of the new day is published");
        await clock.PassAsync(TimeSpan.FromHours(1), cancellationToken);
        stage.Expect((await desk.WaitAsync(with, seen => seen.HasEnded, cancellationToken)).Status == "settled", "the first settles by itself: the next enquiry finds it executed");
        stage.Expect((await desk.PerformAsync(without, "retry", "the bank is back", cancellationToken)).Taken, "the second is sent by the operator's retry");
        stage.Expect((await desk.WaitAsync(without, seen => seen.HasEnded, cancellationToken)).Status == "settled", "the second settles");
        stage.Expect(await ExecutionsAsync(environment, Creditor, cancellationToken) == 2, "the bank has executed each once");
        await desk.HistoryAsync(with, cancellationToken);
    }
}
