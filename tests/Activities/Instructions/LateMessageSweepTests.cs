using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Instructions;
using Settlement.Activities.Ledger;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Tests.Instructions;

[Collection(BooksCollection.Name)]
public sealed class LateMessageSweepTests(Books books)
{
    [Fact]
    public async Task Run_ConfirmationAfterCancelledEnd_PostsToSuspense()
    {
        var transfer = await CancelledAsync();
        await ReceiveAsync(transfer, "M-late", "ACSC");

        await SweepAsync();

        (await DispositionAsync(transfer)).ShouldBe(MessageDisposition.Late);
        (await books.ReadAsync(context => context.LedgerTransfers.SingleAsync(row => row.SettlementId == transfer.SettlementId))).Kind.ShouldBe(TransferKind.Suspense);
        (await books.SettlementAsync(transfer.SettlementId)).NeedsAttention.ShouldBeTrue();
    }

    [Fact]
    public async Task Run_RejectionAfterCancelledEnd_IsRedundant()
    {
        var transfer = await CancelledAsync();
        await ReceiveAsync(transfer, "M-again", "RJCT");

        await SweepAsync();

        (await DispositionAsync(transfer)).ShouldBe(MessageDisposition.Redundant);
        (await books.SettlementAsync(transfer.SettlementId)).NeedsAttention.ShouldBeFalse();
    }

    [Fact]
    public async Task Run_SettlementStillOpen_LeavesTheMessageToItsWorkflow()
    {
        var transfer = Books.Transfer(await books.LockedAsync());
        await books.Get<BankActivities>().TransferAsync(transfer);
        await ReceiveAsync(transfer, "M-open", "ACSC");

        await SweepAsync();

        (await DispositionAsync(transfer)).ShouldBe(MessageDisposition.Received);
    }

    private Task<int> SweepAsync() =>
        books.Get<LateMessageSweep>().RunAsync(Books.Now, DateTimeOffset.UtcNow.AddMinutes(1), CancellationToken.None);

    private async Task<TransferInput> CancelledAsync()
    {
        var locked = await books.LockedAsync();
        var transfer = Books.Transfer(locked);
        await books.Get<BankActivities>().TransferAsync(transfer);
        await books.Get<LifecycleActivities>().BeginRollBackAsync(new RollBackInput
        {
            SettlementId = locked.SettlementId, Attempt = 1, AsOf = locked.AsOf, Reason = "recalled", Uetr = transfer.Uetr, Proof = BankOutcome.Recalled,
        });
        await books.Get<LedgerActivities>().ReleaseAsync(new ReleaseInput
        {
            SettlementId = locked.SettlementId, Attempt = 1, AsOf = locked.AsOf, Reason = "recalled", Then = SettlementStatus.Cancelled,
        });
        return transfer;
    }

    private Task<BankMessageReceipt> ReceiveAsync(TransferInput transfer, string messageId, string status) => books.Get<BankMessageStore>().RecordAsync(
        new IncomingBankMessage(transfer.Bank, messageId, Uetr.Parse(transfer.Uetr), "pacs.002", status, null, "{}", Books.Now));

    private Task<MessageDisposition> DispositionAsync(TransferInput transfer) => books.ReadAsync(context =>
        context.BankMessages.Where(row => row.Uetr == Uetr.Parse(transfer.Uetr).Value).Select(row => row.Disposition).SingleAsync());
}
