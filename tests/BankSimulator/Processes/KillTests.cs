using System.Collections.Concurrent;
using System.Net;

namespace Settlement.BankSimulator.Tests.Processes;

/// <summary>What the bank has said must be true after SIGKILL, at whatever moment it comes.</summary>
public sealed class KillTests : IDisposable
{
    private const string Creditor = "SCRIPTED";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Sigkill_UnderLoad_EveryAcknowledgedPaymentIsThereOnceAndRepeatsGetTheirAnswers()
    {
        var acknowledged = new ConcurrentDictionary<PaymentInstruction, PaymentReport>();
        await using (var bank = await BankProcess.StartAsync(folder))
        {
            using var stop = new CancellationTokenSource();
            var load = Enumerable.Range(0, 8).Select(_ => LoadAsync(bank.Caller, acknowledged, stop.Token)).ToArray();
            await Eventually.Holds(() => acknowledged.Count >= 200, "200 payments", 60);
            await bank.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(load);
        }

        await using var again = await BankProcess.StartAsync(folder);
        foreach (var (instruction, answer) in acknowledged)
        {
            (await again.Caller.BookedAsync(instruction.Uetr)).Executions.ShouldBe(1);
            (await again.Caller.SubmitAsync(instruction)).ShouldBe(answer);
        }

        var books = await again.Caller.BooksAsync();
        books.Executed.ShouldBe(books.Payments);
        books.Payments.ShouldBeGreaterThanOrEqualTo(acknowledged.Count);
        books.CurrencyTotals["USD"].Balances.ShouldBe("0.00");
    }

    [Theory]
    [InlineData(CrashPoint.BeforeRecord, false)]
    [InlineData(CrashPoint.AfterRecord, true)]
    [InlineData(CrashPoint.AfterDecision, true)]
    public async Task ScriptedCrash_ThenRestart_ThePaymentIsWhereThePointSaysAndExecutedAtMostOnce(CrashPoint point, bool known)
    {
        var instruction = BankCaller.Instruction(creditor: Creditor);
        await using (var bank = await BankProcess.StartAsync(folder))
        {
            await bank.Caller.ScriptAsync(Creditor, new BankBehaviour { Crash = point });
            await Should.ThrowAsync<HttpRequestException>(() => bank.Caller.SubmitRawAsync(instruction));
            await bank.WaitForExitAsync();
        }

        await using var again = await BankProcess.StartAsync(folder);
        using (var enquiry = await again.Caller.Http.GetAsync($"payments/{instruction.Uetr}"))
            enquiry.StatusCode.ShouldBe(known ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        await again.Caller.SubmitAsync(instruction);
        await Eventually.AsyncValue(() => again.Caller.BookedAsync(instruction.Uetr), booked => booked.Executions == 1, "execution");
        (await again.Caller.BooksAsync()).Executed.ShouldBe(1);
    }

    [Fact]
    public async Task Restart_HeldAndScriptedPayments_AreStillHeldAndScripted()
    {
        var held = BankCaller.Instruction(creditor: Creditor);
        await using (var bank = await BankProcess.StartAsync(folder))
        {
            await bank.Caller.ScriptAsync(Creditor, new BankBehaviour { Outcome = ScriptedOutcome.Hold, Recall = ScriptedRecall.Refuse });
            (await bank.Caller.SubmitAsync(held)).Status.ShouldBe("ACSP");
            await bank.KillAsync();
        }

        await using var again = await BankProcess.StartAsync(folder);
        (await again.Caller.EnquireAsync(held.Uetr)).Status.ShouldBe("ACSP");
        (await again.Caller.RecallAsync(held.Uetr)).Verdict.ShouldBe("RJCR");
    }

    [Fact]
    public async Task Restart_UndeliveredConfirmation_IsDelivered()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.RefuseNext = int.MaxValue;
        (string, string)[] settings = [("WebhookUrl", receiver.Address.ToString()), ("WebhookSecret", "a shared secret of the tests")];
        var instruction = BankCaller.Instruction();
        await using (var bank = await BankProcess.StartAsync(folder, settings))
        {
            await bank.Caller.SubmitAsync(instruction);
            await Eventually.Holds(() => receiver.Refused > 0, "a first push");
            await bank.KillAsync();
        }

        receiver.RefuseNext = 0;
        await using var again = await BankProcess.StartAsync(folder, settings);
        await Eventually.Holds(() => !receiver.Received.IsEmpty, "the push after the restart");
        receiver.Received.First().Message.Uetr.ShouldBe(instruction.Uetr);
    }

    [Fact]
    public async Task Start_OnAFolderInUse_EndsWithOneLineAndCode2()
    {
        await using var first = await BankProcess.StartAsync(folder);
        await using var second = BankProcess.Launch(folder.Path);

        (await second.WaitForExitAsync()).ShouldBe(2);
        second.Output.ShouldContain("The bank cannot start:");
    }

    [Theory]
    [InlineData("WebhookUrl", "http://127.0.0.1:1/x", "Bank:WebhookSecret")]
    [InlineData("WebhookUrl", "ftp://127.0.0.1/x", "Bank:WebhookUrl")]
    [InlineData("Name", "no spaces please", "Name")]
    [InlineData("MaxPayments", "0", "MaxPayments")]
    public async Task Start_WithAWrongSetting_EndsWithALineThatNamesItAndCode2(string key, string value, string named)
    {
        await using var bank = BankProcess.Launch(folder.Path, (key, value));

        (await bank.WaitForExitAsync()).ShouldBe(2);
        bank.Output.ShouldContain(named);
    }

    private static async Task LoadAsync(
        BankCaller caller, ConcurrentDictionary<PaymentInstruction, PaymentReport> acknowledged, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var instruction = BankCaller.Instruction();
                acknowledged[instruction] = await caller.SubmitAsync(instruction);
            }
        }
        catch (HttpRequestException)
        {
            // The kill: what was under way has no answer, and nothing is claimed of it.
        }
    }
}
