using System.Net;

namespace Settlement.BankSimulator.Tests.Scripts;

public sealed class EnquiryAndRecallScriptTests : IAsyncLifetime
{
    private const string Creditor = "SCRIPTED";
    private readonly InProcessBank bank = InProcessBank.Create();
    private readonly PaymentInstruction instruction = BankCaller.Instruction(creditor: Creditor);
    private BankCaller caller = null!;

    public ValueTask InitializeAsync()
    {
        caller = bank.Call();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await bank.DisposeAsync();

    [Theory]
    [InlineData(ScriptedEnquiry.Unknown, HttpStatusCode.NotFound)]
    [InlineData(ScriptedEnquiry.Unavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task Enquiry_Unhelpful_SaysSoAlthoughThePaymentIsExecuted(ScriptedEnquiry enquiry, HttpStatusCode status)
    {
        await SubmitAsync(new BankBehaviour { Enquiry = enquiry });

        using var response = await caller.Http.GetAsync($"payments/{instruction.Uetr}");

        response.StatusCode.ShouldBe(status);
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(1);
    }

    [Theory]
    [InlineData(ScriptedOutcome.Hold, ScriptedEnquiry.ClaimSettled, "ACSC", "100.00")]
    [InlineData(ScriptedOutcome.Settle, ScriptedEnquiry.ClaimRejected, "RJCT", null)]
    public async Task Enquiry_Lying_ClaimsWhatTheBooksDeny(ScriptedOutcome outcome, ScriptedEnquiry enquiry, string claimed, string? amount)
    {
        await SubmitAsync(new BankBehaviour { Outcome = outcome, Enquiry = enquiry });

        var report = await caller.EnquireAsync(instruction.Uetr);

        (report.Status, report.BookedAmount).ShouldBe((claimed, amount));
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(outcome == ScriptedOutcome.Settle ? 1 : 0);
    }

    [Fact]
    public async Task Enquiry_UnavailableTwice_IsTruthfulTheThirdTime()
    {
        await SubmitAsync(new BankBehaviour { Enquiry = ScriptedEnquiry.Unavailable, EnquiryTimes = 2 });

        for (var i = 0; i < 2; i++)
        {
            using var response = await caller.Http.GetAsync($"payments/{instruction.Uetr}");
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await caller.EnquireAsync(instruction.Uetr)).Status.ShouldBe("ACSC");
    }

    [Fact]
    public async Task Script_Replaced_AppliesToEnquiriesOfEarlierPayments()
    {
        await SubmitAsync(new BankBehaviour { Enquiry = ScriptedEnquiry.Unavailable });

        await caller.ScriptAsync(Creditor, new BankBehaviour());

        (await caller.EnquireAsync(instruction.Uetr)).Status.ShouldBe("ACSC");
    }

    [Theory]
    [InlineData(ScriptedOutcome.Hold, ScriptedRecall.ByBooks, "CNCL", null, "CANC", 0)]
    [InlineData(ScriptedOutcome.Settle, ScriptedRecall.ByBooks, "RJCR", "ARDT", "ACSC", 1)]
    [InlineData(ScriptedOutcome.Reject, ScriptedRecall.ByBooks, "RJCR", "ARJT", "RJCT", 0)]
    [InlineData(ScriptedOutcome.Hold, ScriptedRecall.Refuse, "RJCR", "CUST", "ACSP", 0)]
    [InlineData(ScriptedOutcome.Hold, ScriptedRecall.TooLate, "RJCR", "ARDT", "ACSC", 1)]
    [InlineData(ScriptedOutcome.Hold, ScriptedRecall.Pending, "PDCR", null, "ACSP", 0)]
    public async Task Recall_OfAPayment_IsAnsweredByOutcomeAndScript(
        ScriptedOutcome outcome, ScriptedRecall recall, string verdict, string? reason, string status, int executions)
    {
        await SubmitAsync(new BankBehaviour { Outcome = outcome, Recall = recall });

        var report = await caller.RecallAsync(instruction.Uetr);

        (report.Verdict, report.ReasonCode).ShouldBe((verdict, reason));
        var booked = await caller.BookedAsync(instruction.Uetr);
        (booked.Status, booked.Executions).ShouldBe((status, executions));
    }

    [Fact]
    public async Task Recall_AcceptedAfterExecution_GivesTheMoneyBackOnce()
    {
        await SubmitAsync(new BankBehaviour { Recall = ScriptedRecall.Accept });

        (await caller.RecallAsync(instruction.Uetr)).Verdict.ShouldBe("CNCL");
        (await caller.RecallAsync(instruction.Uetr)).Verdict.ShouldBe("CNCL");
        (await caller.RecallAsync(instruction.Uetr, "RCL-2")).Verdict.ShouldBe("CNCL");

        (await caller.BalanceAsync("DEBTOR")).ShouldBe(0m);
        (await caller.BookedAsync(instruction.Uetr)).ReturnedAmount.ShouldBe("100.00");
    }

    [Fact]
    public async Task Recall_SameIdAgain_GetsTheFirstAnswerEvenIfTheBankWouldNowSayOtherwise()
    {
        await SubmitAsync(new BankBehaviour { Outcome = ScriptedOutcome.Hold, Recall = ScriptedRecall.Refuse });
        var first = await caller.RecallAsync(instruction.Uetr);
        await caller.ScriptAsync(Creditor, new BankBehaviour());

        (await caller.RecallAsync(instruction.Uetr)).ShouldBe(first);
        (await caller.RecallAsync(instruction.Uetr, "RCL-2")).Verdict.ShouldBe("CNCL");
    }

    [Fact]
    public async Task Recall_UnavailableTwice_IsTakenTheThirdTime()
    {
        await SubmitAsync(new BankBehaviour { Outcome = ScriptedOutcome.Hold, Recall = ScriptedRecall.Unavailable, RecallTimes = 2 });

        for (var i = 0; i < 2; i++)
        {
            using var response = await caller.RecallRawAsync(instruction.Uetr);
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await caller.RecallAsync(instruction.Uetr)).Verdict.ShouldBe("CNCL");
    }

    [Fact]
    public async Task Recall_OfAnUnknownPayment_IsNotFound()
    {
        using var response = await caller.RecallRawAsync(Guid.NewGuid().ToString());

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Recall_OfADelayedPayment_KeepsItFromBeingExecuted()
    {
        await SubmitAsync(new BankBehaviour { DecideAfterMs = 500 });

        (await caller.RecallAsync(instruction.Uetr)).Verdict.ShouldBe("CNCL");

        // A second payment that falls due later proves that the first one's time has passed.
        var later = BankCaller.Instruction(creditor: Creditor);
        await caller.SubmitAsync(later);
        await Eventually.AsyncValue(() => caller.EnquireAsync(later.Uetr), report => report.Status == "ACSC", "the later payment");
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(0);
    }

    private async Task SubmitAsync(BankBehaviour behaviour)
    {
        await caller.ScriptAsync(Creditor, behaviour);
        await caller.SubmitAsync(instruction);
    }
}
