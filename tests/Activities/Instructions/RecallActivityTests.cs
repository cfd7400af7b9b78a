using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Instructions;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Answer = Settlement.Activities.Banks.RecallAnswer;

namespace Settlement.Activities.Tests.Instructions;

[Collection(BooksCollection.Name)]
public sealed class RecallActivityTests(Books books)
{
    [Fact]
    public async Task Recall_BankSilentThenGranting_KeepsEachTryAndTheOutcome()
    {
        var input = await SentAsync();
        books.Bank.OnRecall = _ => new Answer.Unknown("HTTP 503");
        var failure = await Should.ThrowAsync<Temporalio.Exceptions.ApplicationFailureException>(() => books.Get<BankActivities>().RecallAsync(input));
        failure.NonRetryable.ShouldBeFalse();
        (await CompensationAsync(input)).State.ShouldBe(CompensationState.Failing);
        books.Bank.OnRecall = _ => new Answer.Recalled(Books.Now);

        var answer = await books.Get<BankActivities>().RecallAsync(input with { Try = 1 });

        answer.Outcome.ShouldBe(RecallOutcome.Recalled);
        var compensation = await CompensationAsync(input);
        (compensation.State, compensation.Tries).ShouldBe((CompensationState.Succeeded, 2));
        (await books.ReadAsync(context => context.BankInstructions.CountAsync(
            row => row.SettlementId == input.SettlementId && row.Kind == InstructionKind.Recall))).ShouldBe(1);
    }

    [Fact]
    public async Task Recall_TooLate_IsRefusedWithReason()
    {
        var input = await SentAsync();
        books.Bank.OnRecall = _ => new Answer.Refused("ARDT", Books.Now);

        var answer = await books.Get<BankActivities>().RecallAsync(input);

        (answer.Outcome, answer.ReasonCode).ShouldBe((RecallOutcome.Refused, "ARDT"));
        (await books.AccountOfAsync(input.SettlementId)).HeldMinor.ShouldBe(7_524);
    }

    private async Task<RecallInput> SentAsync()
    {
        var transfer = Books.Transfer(await books.LockedAsync());
        await books.Get<BankActivities>().TransferAsync(transfer);
        return new RecallInput
        {
            SettlementId = transfer.SettlementId,
            Attempt = 1,
            AsOf = transfer.AsOf,
            Bank = transfer.Bank,
            Uetr = transfer.Uetr,
            Actor = new Actor("olga", ActorSource.CommandLine),
            Reason = "customer asks for it",
            Try = 0,
            BankCallTimeoutSeconds = 1,
        };
    }

    private Task<CompensationTransaction> CompensationAsync(StepInput input) => books.ReadAsync(context =>
        context.Compensations.SingleAsync(row => row.SettlementId == input.SettlementId && row.Action == CompensationAction.Recall));
}
