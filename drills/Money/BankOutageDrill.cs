using Settlement.AppHost.Temporal;
using Settlement.Drills.Desk;
using Settlement.Drills.Frame;
using Settlement.Drills.House;

namespace Settlement.Drills.Money;

/// <summary>The bank is gone for a day, in skipped time: what was with it, what never reached it, and what is done when it is back.</summary>
internal sealed class BankOutageDrill : MoneyDrill
{
    private const int Hours = 24;
    private const string Creditor = "NW-GONE";

    public override string Name => "bank-outage";

    public override string Purpose => "The bank is gone for a day (in skipped time): what it had stays locked and is asked about, what never reached it is released; nothing is sent twice.";

    protected override Task<PrivateHouse> StartAsync(DrillStage stage, CancellationToken cancellationToken) =>
        PrivateHouse.StartAsync(stage.Folder, TemporalChoice.TimeSkipping, null, cancellationToken);

    protected override async Task PlayAsync(DrillStage stage, PrivateHouse house, OperatorDesk desk, CancellationToken cancellationToken)
    {
        var clock = new SkippedClock(house);
        stage.Scene("One payment is with the bank when it goes down; another comes afterwards");
        await house.Bank.ScriptAsync(Creditor, Steps("""[{"answer":"silence","decide_after_ms":0,"confirmation":{"copies":0}},{"outcome":"settle"}]"""), cancellationToken);
        var with = await desk.CreateAsync(Payer, Creditor, "2000.00", null, cancellationToken);
        while (await ExecutionsAsync(house, Creditor, cancellationToken) == 0)
            await Task.Delay(20, cancellationToken);
        await house.House.Bank.KillAsync();
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
        stage.Expect(!(await desk.ActAsync(with, "retry", "the customer is waiting", cancellationToken)).Taken, "nobody can send the first again");

        stage.Scene("The bank is back");
        await house.House.StartBankAsync(cancellationToken);
        await clock.SetBankAsync(cancellationToken);
        await clock.PublishScreeningListAsync(cancellationToken);
        stage.Happens("the bank runs again, with its books; the screening list of the new day is published");
        await clock.PassAsync(TimeSpan.FromHours(1), cancellationToken);
        stage.Expect((await desk.WaitAsync(with, seen => seen.HasEnded, cancellationToken)).Status == "settled", "the first settles by itself: the next enquiry finds it executed");
        stage.Expect((await desk.ActAsync(without, "retry", "the bank is back", cancellationToken)).Taken, "the second is sent by the operator's retry");
        stage.Expect((await desk.WaitAsync(without, seen => seen.HasEnded, cancellationToken)).Status == "settled", "the second settles");
        stage.Expect(await ExecutionsAsync(house, Creditor, cancellationToken) == 2, "the bank has executed each once");
        await desk.HistoryAsync(with, cancellationToken);
    }
}
