using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

/// <summary>Returns: settlements of their own, which ask the bank for a settled payment back.</summary>
[Collection(SkippedTimeCollection.Name)]
public sealed class ReturnTests : SkippedTimeTest
{
    private static readonly string Original = Uetr.New().ToString();

    [Fact]
    public Task Run_ReturnGranted_SettlesWithoutAPaymentOfItsOwn()
    {
        var activities = new FakeActivities();
        return RunAsync(activities, async settlement =>
        {
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Transfers.ShouldBeEmpty();
            activities.Returns.ShouldHaveSingleItem().Return.Uetr.ShouldBe(Original);
            activities.Confirmations.ShouldHaveSingleItem().Uetr.ShouldBe(Original);
        }, AsReturn);
    }

    [Fact]
    public Task Run_BankIsDeciding_AsksAgainAndSettlesByTheMessage()
    {
        var activities = new FakeActivities { OnReturn = _ => new BankAnswer { Outcome = BankOutcome.Accepted } };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(TransferInitiated);
            await settlement.SkipAsync(TimeSpan.FromSeconds(10));
            await settlement.UntilAsync(() => activities.Returns.Count > 1);

            await settlement.MessageAsync(new BankMessage { MessageId = "pacs004-1", Uetr = Original, Status = BankMessageStatus.Returned, AmountMinor = 7_524, Currency = "USD" });

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Absorbed.ShouldBeEmpty();
        }, AsReturn);
    }

    [Fact]
    public Task Run_ReturnRefused_WaitsForAnOperatorAndPostsNothing()
    {
        var activities = new FakeActivities { OnReturn = _ => new BankAnswer { Outcome = BankOutcome.Rejected, ReasonCode = "CUST" } };
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilAsync(one => one.AttentionReason == "retries_exhausted");
            view.Status.ShouldBe("awaiting_retry");

            await settlement.CancelAsync(Requests.By("olga"));

            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
            activities.Path.ShouldNotContain(Confirmed);
        }, AsReturn);
    }

    [Fact]
    public Task Message_MoneyComesBackAfterThePayment_IsLeftToTheReturn()
    {
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Settled } };
        activities.Fail("Finalize", 1);
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilAsync(one => one.Status == "confirmed" && one.WaitingFor is not null);

            await settlement.MessageAsync(new BankMessage { MessageId = "pacs004-1", Uetr = view.Uetr!, Status = BankMessageStatus.Returned });

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Absorbed.ShouldBeEmpty("it stays on record until the sweep makes a return of it");
        });
    }

    private static SettlementRequest AsReturn(SettlementRequest request) => request with
    {
        ReturnOf = new ReturnOf { SettlementId = Guid.CreateVersion7(), Reference = "S20260307ABCDEFGHJK", Uetr = Original },
    };
}
