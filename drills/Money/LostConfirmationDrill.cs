using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>The bank executes and is never heard of again: found by asking, or by two people.</summary>
internal sealed class LostConfirmationDrill : MoneyDrill
{
    public override string Name => "lost-confirmation";

    public override string Purpose => "The bank executes and its confirmation is lost: found by asking about the UETR, and where the bank cannot say, resolved by two people with evidence.";

    protected override async Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("The confirmation never comes; the bank answers when it is asked");
        await environment.Bank.ScriptAsync("NW-MUTE", Steps("""[{"decide_after_ms":0,"confirmation":{"copies":0}}]"""), cancellationToken);
        var asked = await desk.CreateAsync(Payer, "NW-MUTE", "1200.00", Quick, cancellationToken);
        stage.Expect((await desk.WaitAsync(asked, seen => seen.HasEnded, cancellationToken)).Status == "settled", "it settles by an enquiry about its UETR");
        await desk.HistoryAsync(asked, cancellationToken);

        stage.Scene("No answer, no confirmation, and the bank's enquiry desk is down as well");
        await environment.Bank.ScriptAsync("NW-GONE", Steps("""[{"answer":"silence","decide_after_ms":0,"enquiry":"unavailable","confirmation":{"copies":0}}]"""), cancellationToken);
        var unknown = await desk.CreateAsync(Payer, "NW-GONE", "4400.00", Quick, cancellationToken);
        var lost = await desk.WaitAsync(unknown, seen => seen is { Status: "outcome_unknown", NeedsAttention: true }, cancellationToken);
        stage.Expect(lost.AttentionReason == "outcome_unknown", "a person is called");
        await desk.ListAttentionAsync(cancellationToken);
        stage.Expect((await desk.BalanceAsync(Payer, cancellationToken)).Held == "4400.00", "the funds stay locked: nobody knows yet");
        var refused = await desk.PerformAsync(unknown, "retry", "try again", cancellationToken);
        stage.Expect(!refused.Taken, "a retry is refused: the first instruction may have gone through");

        stage.Sees("the debit on the bank's statement");
        stage.Expect((await desk.ResolveAsync(unknown, "confirmed", "camt.053 entry 17, debit 4400.00", cancellationToken)).Taken, "two people resolve it, with evidence");
        stage.Expect((await desk.WaitAsync(unknown, seen => seen.HasEnded, cancellationToken)).Status == "settled", "it settles");
        stage.Expect(await ExecutionsAsync(environment, "NW-GONE", cancellationToken) == 1, "the bank has executed once");
        await desk.HistoryAsync(unknown, cancellationToken);
        stage.Expect(await desk.BalanceAsync(Payer, cancellationToken) == ("4400.00", "0.00"), "5600.00 have left the account, and nothing is held");
    }
}
