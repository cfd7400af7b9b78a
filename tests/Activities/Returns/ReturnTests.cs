using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Instructions;
using Settlement.Activities.Ledger;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Returns;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using RecallAnswer = Settlement.Activities.Banks.RecallAnswer;

namespace Settlement.Activities.Tests.Returns;

/// <summary>A settled payment comes back: asked for, or unasked. The books undo what they did, once, and the bank's books agree.</summary>
[Collection(BooksCollection.Name)]
public sealed class ReturnTests(Books books)
{
    [Fact]
    public async Task Return_AskedFor_WaitsForASecondPersonAndThenUndoesThePosting()
    {
        var (paid, uetr) = await SettledAsync();
        var request = await BeginAsync(paid, uetr, messageId: null);
        var input = Input(request);
        var verdict = await books.Get<LifecycleActivities>().ValidateAsync(Books.Validation(input));
        (verdict.ApprovalRequired, verdict.Status).ShouldBe((true, SettlementStatus.AwaitingApproval));
        (await books.Get<LifecycleActivities>().ValidateAsync(Books.Validation(input, approved: true))).ApprovalRequired.ShouldBeFalse();
        (await books.Get<LedgerActivities>().LockAsync(input)).Failure.ShouldBeNull();
        books.Bank.OnRecall = _ => new RecallAnswer.Recalled(Books.Now);

        (await AskAsync(request)).Outcome.ShouldBe(BankOutcome.Settled);
        (await AskAsync(request)).Outcome.ShouldBe(BankOutcome.Settled, "a repeat asks under the same id");
        await FinishAsync(request);

        (await books.AccountOfAsync(paid)).PostedMinor.ShouldBe(10_000, "the payer has his money back");
        var row = await books.SettlementAsync(request.SettlementId);
        (row.Status, row.ReturnsSettlementId).ShouldBe((SettlementStatus.Settled, paid));
        var own = await books.ReadAsync(context => context.BankInstructions.SingleAsync(one => one.SettlementId == request.SettlementId));
        (own.Kind, own.OriginalUetr, own.State).ShouldBe((InstructionKind.Return, uetr, InstructionState.Confirmed));
        (await books.ReadAsync(context => context.Compensations.SingleAsync(one => one.SettlementId == request.SettlementId)))
            .ShouldSatisfyAllConditions(one => one.Action.ShouldBe(CompensationAction.Return), one => one.State.ShouldBe(CompensationState.Succeeded));
    }

    [Fact]
    public async Task Return_SecondOneOfTheSamePayment_IsRefused()
    {
        var (paid, uetr) = await SettledAsync();
        await BeginAsync(paid, uetr, messageId: null);
        (await Should.ThrowAsync<SettlementException>(() => BeginAsync(paid, uetr, messageId: null))).Failure.ShouldBe(SettlementFailure.DuplicateReference);
    }

    [Fact]
    public async Task Sweep_MoneyCameBackUnasked_BeginsAReturnThatNobodyMustApprove()
    {
        var (paid, uetr) = await SettledAsync();
        await ReceiveAsync(uetr, "pacs004-1", new Money(7_524, Currency.Usd));

        await SweepAsync();
        await SweepAsync();

        var row = await books.ReadAsync(context => context.Settlements.SingleAsync(one => one.ReturnsSettlementId == paid));
        (row.Status, row.CreatedBy).ShouldBe((SettlementStatus.Pending, ScriptedBank.Name));
        (await DispositionAsync(uetr, "pacs004-1")).ShouldBe(MessageDisposition.Applied);
        var request = JsonSerializer.Deserialize<SettlementRequest>(row.WorkflowInput)!;
        var input = Input(request);
        (await books.Get<LifecycleActivities>().ValidateAsync(Books.Validation(input))).ApprovalRequired.ShouldBeFalse();
        await books.Get<LedgerActivities>().LockAsync(input);
        books.Bank.OnRecall = _ => throw new InvalidOperationException("what has come back is not asked for");
        (await AskAsync(request)).Outcome.ShouldBe(BankOutcome.Settled);
        await FinishAsync(request);
        (await books.AccountOfAsync(paid)).PostedMinor.ShouldBe(10_000);
    }

    [Fact]
    public async Task Sweep_OnlyAPartCameBack_OpensACase()
    {
        var (paid, uetr) = await SettledAsync();
        await ReceiveAsync(uetr, "pacs004-part", new Money(1, Currency.Usd));

        await SweepAsync();

        (await books.ReadAsync(context => context.Settlements.CountAsync(one => one.ReturnsSettlementId == paid))).ShouldBe(0);
        (await books.ReadAsync(context => context.Cases.SingleAsync(one => one.SettlementId == paid))).Reason.ShouldBe(AttentionReason.MessageMismatch);
    }

    [Fact]
    public async Task Record_WordOfTheMoneyWhileAReturnIsUnderWay_GoesToTheReturn()
    {
        var (paid, uetr) = await SettledAsync();
        var request = await BeginAsync(paid, uetr, messageId: null);
        var input = Input(request);
        await books.Get<LifecycleActivities>().ValidateAsync(Books.Validation(input));
        await books.Get<LifecycleActivities>().ValidateAsync(Books.Validation(input, approved: true));
        await books.Get<LedgerActivities>().LockAsync(input);
        books.Bank.OnRecall = _ => new RecallAnswer.Pending();
        (await AskAsync(request)).Outcome.ShouldBe(BankOutcome.Accepted);

        var receipt = await ReceiveAsync(uetr, "camt029-1", null, "camt.029", "CNCL");

        (receipt.SettlementId, receipt.Reference).ShouldBe((request.SettlementId, request.Reference));
        (await ReceiveAsync(uetr, "pacs002-again", null, "pacs.002", "ACSC")).SettlementId.ShouldBe(paid);
    }

    private async Task<(Guid Settlement, Guid Uetr)> SettledAsync()
    {
        var transfer = Books.Transfer(await books.LockedAsync());
        await books.Get<BankActivities>().TransferAsync(transfer);
        await books.Get<LifecycleActivities>().ConfirmAsync(new ConfirmInput
        {
            SettlementId = transfer.SettlementId, Attempt = 1, AsOf = Books.Now, Uetr = transfer.Uetr, Source = "answer",
        });
        await books.Get<LedgerActivities>().FinalizeAsync(new StepInput { SettlementId = transfer.SettlementId, Attempt = 1, AsOf = Books.Now });
        return (transfer.SettlementId, Uetr.Parse(transfer.Uetr).Value);
    }

    private async Task<SettlementRequest> BeginAsync(Guid paid, Guid uetr, string? messageId)
    {
        var terms = ReturnTerms.Of(await books.SettlementAsync(paid), uetr, messageId, new Actor("olga", ActorSource.Api), Books.Now);
        await SettlementCreator.InsertAsync(books.DataSource, terms);
        return JsonSerializer.Deserialize<SettlementRequest>(terms.WorkflowInputJson)!;
    }

    private Task<BankAnswer> AskAsync(SettlementRequest request) => books.Get<BankActivities>().RequestReturnAsync(new ReturnInput
    {
        SettlementId = request.SettlementId, Attempt = 1, AsOf = Books.Now, Bank = request.Bank, Return = request.ReturnOf!, BankCallTimeoutSeconds = 1,
    });

    private async Task FinishAsync(SettlementRequest request)
    {
        await books.Get<LifecycleActivities>().ConfirmAsync(new ConfirmInput
        {
            SettlementId = request.SettlementId, Attempt = 1, AsOf = Books.Now, Uetr = request.ReturnOf!.Uetr, Source = "answer",
        });
        await books.Get<LedgerActivities>().FinalizeAsync(Input(request));
    }

    private static StepInput Input(SettlementRequest request) => new() { SettlementId = request.SettlementId, Attempt = 1, AsOf = Books.Now };

    private Task<BankMessageReceipt> ReceiveAsync(Guid uetr, string messageId, Money? amount, string type = "pacs.004", string status = "RTND") =>
        new BankMessageStore(books.DataSource).RecordAsync(new IncomingBankMessage(
            ScriptedBank.Name, messageId, Uetr.From(uetr), type, status, amount, "{}", Books.Now));

    private Task<int> SweepAsync() =>
        books.Get<LateMessageSweep>().RunAsync(Books.Now, DateTimeOffset.UtcNow.AddMinutes(1), CancellationToken.None);

    private Task<MessageDisposition> DispositionAsync(Guid uetr, string messageId) =>
        books.ReadAsync(context => context.BankMessages.Where(one => one.Uetr == uetr && one.MessageId == messageId).Select(one => one.Disposition).SingleAsync());
}
