using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Instructions;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using BankMessage = Settlement.Workflows.Contracts.BankMessage;

namespace Settlement.Activities.Tests.Instructions;

[Collection(BooksCollection.Name)]
public sealed class AbsorbBankMessageActivityTests(Books books)
{
    [Fact]
    public async Task Absorb_LateConfirmationTwice_PostsToSuspenseOnceAndOpensACase()
    {
        var input = await LateAsync();

        await books.Get<BankActivities>().AbsorbAsync(input);
        await books.Get<BankActivities>().AbsorbAsync(input with { Attempt = 2 });

        var transfer = await books.ReadAsync(context => context.LedgerTransfers.SingleAsync(row => row.SettlementId == input.SettlementId));
        transfer.Kind.ShouldBe(TransferKind.Suspense);
        var row = await books.SettlementAsync(input.SettlementId);
        (row.NeedsAttention, row.AttentionReason).ShouldBe((true, AttentionReason.LateConfirmation));
        var opened = await books.ReadAsync(context => context.Cases.SingleAsync(one => one.SettlementId == input.SettlementId));
        (opened.State, opened.AmountMinor).ShouldBe((CaseState.Open, 7_524));
        (await books.AccountOfAsync(input.SettlementId)).PostedMinor.ShouldBe(10_000);
    }

    [Fact]
    public async Task Absorb_Mismatch_OpensACaseAndPostsNothing()
    {
        var input = await LateAsync() with { Reason = AttentionReason.MessageMismatch };

        await books.Get<BankActivities>().AbsorbAsync(input);

        (await books.ReadAsync(context => context.LedgerTransfers.CountAsync(row => row.SettlementId == input.SettlementId))).ShouldBe(0);
        (await books.ReadAsync(context => context.Cases.CountAsync(one => one.SettlementId == input.SettlementId))).ShouldBe(1);
    }

    private async Task<AbsorbInput> LateAsync()
    {
        var transfer = Books.Transfer(await books.LockedAsync());
        await books.Get<BankActivities>().TransferAsync(transfer);
        return new AbsorbInput
        {
            SettlementId = transfer.SettlementId,
            Attempt = 1,
            AsOf = transfer.AsOf,
            Reason = AttentionReason.LateConfirmation,
            Detail = "confirmed after release",
            Message = new BankMessage { MessageId = "M-1", Uetr = transfer.Uetr, Status = BankMessageStatus.Settled, AmountMinor = 7_524, Currency = "USD" },
        };
    }
}
