using System.Net;
using System.Net.Http.Json;

namespace Settlement.BankSimulator.Tests.Scripts;

public sealed class AnswerScriptTests : IAsyncLifetime
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

    [Fact]
    public async Task Reject_WithReason_AnswersRjctAndMovesNothing()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { Outcome = ScriptedOutcome.Reject, ReasonCode = "AC06" });

        var answer = await caller.SubmitAsync(instruction);

        (answer.Status, answer.ReasonCode, answer.BookedAmount).ShouldBe(("RJCT", "AC06", null));
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(0);
    }

    [Fact]
    public async Task Settle_InTheAnswer_SaysAcscWithTheBookedAmount()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour());

        var answer = await caller.SubmitAsync(instruction);

        (answer.Status, answer.BookedAmount).ShouldBe(("ACSC", "100.00"));
    }

    [Fact]
    public async Task Steps_SuccessiveInstructions_TakeSuccessiveStepsAndTheLastRepeats()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { Outcome = ScriptedOutcome.Reject }, new BankBehaviour());

        (await caller.SubmitAsync(instruction)).Status.ShouldBe("RJCT");
        (await caller.SubmitAsync(instruction)).Status.ShouldBe("RJCT", "a repeat of the same UETR keeps its step");
        (await caller.SubmitAsync(BankCaller.Instruction(creditor: Creditor))).Status.ShouldBe("ACSC");
        (await caller.SubmitAsync(BankCaller.Instruction(creditor: Creditor))).Status.ShouldBe("ACSC");
    }

    [Fact]
    public async Task Match_SeveralScripts_TheMostSpecificWins()
    {
        await caller.ScriptAsync(new ScriptMatch(), new BankBehaviour { Outcome = ScriptedOutcome.Reject, ReasonCode = "MS02" });
        await caller.ScriptAsync(Creditor, new BankBehaviour { Outcome = ScriptedOutcome.Reject, ReasonCode = "AC06" });
        await caller.ScriptAsync(new ScriptMatch(EndToEndId: "E2E-9"), new BankBehaviour { Outcome = ScriptedOutcome.Reject, ReasonCode = "AG01" });
        await caller.ScriptAsync(new ScriptMatch(Uetr: instruction.Uetr), new BankBehaviour());

        (await caller.SubmitAsync(instruction)).Status.ShouldBe("ACSC");
        (await caller.SubmitAsync(BankCaller.Instruction(creditor: Creditor) with { EndToEndId = "E2E-9" })).ReasonCode.ShouldBe("AG01");
        (await caller.SubmitAsync(BankCaller.Instruction(creditor: Creditor))).ReasonCode.ShouldBe("AC06");
        (await caller.SubmitAsync(BankCaller.Instruction())).ReasonCode.ShouldBe("MS02");
    }

    [Fact]
    public async Task RefuseFirst_Calls_Get503AndLeaveNothingThenOneIsTaken()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { RefuseFirst = 2 });

        for (var call = 0; call < 2; call++)
        {
            using var refused = await caller.SubmitRawAsync(instruction);
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await caller.BooksAsync()).Payments.ShouldBe(0);
        (await caller.SubmitAsync(instruction)).Status.ShouldBe("ACSC");
    }

    [Fact]
    public async Task Silence_TheCallerGivesUp_ThePaymentIsExecutedAllTheSame()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { Answer = ScriptedAnswer.Silence });

        await ShouldGetNoAnswerAsync();

        (await caller.EnquireAsync(instruction.Uetr)).Status.ShouldBe("ACSC");
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(1);
    }

    [Fact]
    public async Task Silence_ForOneCall_AnswersTheRepeat()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { Answer = ScriptedAnswer.Silence, AnswerTimes = 1 });
        await ShouldGetNoAnswerAsync();

        (await caller.SubmitAsync(instruction)).Status.ShouldBe("ACSC");

        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(1);
    }

    [Fact]
    public async Task Swallowed_Instruction_GetsNoAnswerAndIsNotOnTheBooks()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { Record = false });

        await ShouldGetNoAnswerAsync();

        (await caller.BooksAsync()).Payments.ShouldBe(0);
    }

    [Theory]
    [InlineData(ScriptedAnswer.Error, HttpStatusCode.InternalServerError)]
    [InlineData(ScriptedAnswer.Garbage, HttpStatusCode.OK)]
    [InlineData(ScriptedAnswer.Oversized, HttpStatusCode.OK)]
    public async Task FaultyAnswer_AfterExecution_IsGivenAndTheBooksAreRight(ScriptedAnswer answer, HttpStatusCode status)
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { Answer = answer });

        using var response = await caller.SubmitRawAsync(instruction);

        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("ACSC");
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(1);
    }

    [Fact]
    public async Task Latency_WithSeed_DelaysTheAnswer()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { LatencyMs = 120, LatencyJitterMs = 50, Seed = 3 });
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await caller.SubmitAsync(instruction);

        watch.ElapsedMilliseconds.ShouldBeGreaterThanOrEqualTo(115);
    }

    [Fact]
    public async Task Hold_ThenDecidedByHand_SettlesOnce()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { Outcome = ScriptedOutcome.Hold });
        (await caller.SubmitAsync(instruction)).Status.ShouldBe("ACSP");
        (await caller.EnquireAsync(instruction.Uetr)).Status.ShouldBe("ACSP");

        await DecideAsync(ScriptedOutcome.Settle);
        await DecideAsync(ScriptedOutcome.Reject);

        (await caller.EnquireAsync(instruction.Uetr)).Status.ShouldBe("ACSC");
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(1);
    }

    [Fact]
    public async Task DecideAfter_Delay_AcceptsFirstAndSettlesLater()
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { DecideAfterMs = 300 });

        (await caller.SubmitAsync(instruction)).Status.ShouldBe("ACSP");
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(0);

        await Eventually.AsyncValue(() => caller.EnquireAsync(instruction.Uetr), report => report.Status == "ACSC", "settlement");
        (await caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(1);
    }

    [Theory]
    [InlineData(CrashPoint.BeforeRecord)]
    [InlineData(CrashPoint.AfterRecord)]
    [InlineData(CrashPoint.AfterDecision)]
    public async Task Crash_AtAPoint_HappensOncePerScript(CrashPoint point)
    {
        await caller.ScriptAsync(Creditor, new BankBehaviour { Crash = point });

        await caller.SubmitAsync(instruction);
        await caller.SubmitAsync(instruction);
        await caller.SubmitAsync(BankCaller.Instruction(creditor: Creditor));

        bank.Crashes.Crashes.ShouldBe([point.ToString()]);
    }

    [Fact]
    public async Task Crash_WhereForbidden_IsRefusedAsAScript()
    {
        await using var tame = new InProcessBank(("AllowCrash", "false"));
        var script = new BankScript(new ScriptMatch(), [new BankBehaviour { Crash = CrashPoint.AfterRecord }]);

        using var response = await tame.Call().Http.PostAsJsonAsync("scripts", script, BankJson.Options);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("{\"match\":{},\"steps\":[]}")]
    [InlineData("{\"match\":{\"uetr\":\"x\"},\"steps\":[{}]}")]
    [InlineData("{\"match\":{\"end_to_end_id\":\"A\",\"creditor_account\":\"B\"},\"steps\":[{}]}")]
    [InlineData("{\"match\":{},\"steps\":[{\"latency_ms\":-1}]}")]
    [InlineData("{\"match\":{},\"steps\":[{\"outcome\":\"explode\"}]}")]
    [InlineData("{\"match\":{},\"steps\":[{\"outcome\":1}]}")]
    [InlineData("{\"match\":{},\"steps\":[{\"confirmation\":{\"copies\":21}}]}")]
    [InlineData("{\"match\":{},\"steps\":[null]}")]
    public async Task Script_WrongForm_IsRefused(string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await caller.Http.PostAsync("scripts", content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task DecideAsync(ScriptedOutcome outcome)
    {
        using var response = await caller.Http.PostAsJsonAsync(
            $"payments/{instruction.Uetr}/decide", new BankDecision(outcome), BankJson.Options);
        response.EnsureSuccessStatusCode();
    }

    private async Task ShouldGetNoAnswerAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        await Should.ThrowAsync<OperationCanceledException>(() => caller.SubmitRawAsync(instruction, patience.Token));
    }
}
