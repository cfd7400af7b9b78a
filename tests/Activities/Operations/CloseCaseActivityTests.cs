using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Instructions;
using Settlement.Activities.Ledger;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Operations;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Database.Api;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Settlement.Activities.Tests.Operations;

[Collection(BooksCollection.Name)]
public sealed class CloseCaseActivityTests(Books books)
{
    [Fact]
    public async Task Close_LateConfirmationWithTicket_ClearsSuspenseAndLowersTheFlag()
    {
        var one = await LateCaseAsync();
        var action = Close(one.CaseId, await TicketAsync(one));

        var reply = await Activity.CloseCaseAsync(action, Books.Now);
        (await Activity.CloseCaseAsync(action, Books.Now)).ShouldBe(reply, "a repeat gets the first answer");

        reply.CaseReason.ShouldBe("LATE_CONFIRMATION");
        var row = await books.SettlementAsync(one.SettlementId!.Value);
        (row.NeedsAttention, row.Status).ShouldBe((false, SettlementStatus.Cancelled));
        var closed = await books.ReadAsync(context => context.Cases.SingleAsync(c => c.CaseId == one.CaseId));
        (closed.State, closed.ResolvedBy, closed.ApprovedBy).ShouldBe((CaseState.Resolved, "olga", "anna"));
        var kinds = await books.ReadAsync(context => context.LedgerTransfers.Where(t => t.SettlementId == one.SettlementId).OrderBy(t => t.RecordedAt).Select(t => t.Kind).ToListAsync());
        kinds.ShouldBe([TransferKind.Suspense, TransferKind.Return]);
        var left = await books.ReadAsync(context => (
            from entry in context.LedgerEntries
            join transfer in context.LedgerTransfers on entry.TransferId equals transfer.TransferId
            where transfer.SettlementId == one.SettlementId
            group entry by entry.AccountId into account
            select account.Sum(entry => entry.AmountMinor)).ToListAsync());
        left.ShouldAllBe(sum => sum == 0);
    }

    [Fact]
    public async Task Close_TicketOfAnotherCaseOrOfOneself_IsRefusedAndRecorded()
    {
        var one = await LateCaseAsync();
        var other = await LateCaseAsync();

        (await RefusalAsync(Close(one.CaseId, await TicketAsync(other)))).ShouldBe(nameof(SettlementFailure.TicketInvalid));
        (await RefusalAsync(Close(one.CaseId, await TicketAsync(one, "olga")))).ShouldBe(nameof(SettlementFailure.FourEyesViolated));
        (await RefusalAsync(Close(one.CaseId, "tk_nothing"))).ShouldBe(nameof(SettlementFailure.TicketInvalid));

        (await books.ReadAsync(context => context.Cases.SingleAsync(c => c.CaseId == one.CaseId))).State.ShouldBe(CaseState.Open);
        (await books.ReadAsync(context => context.AuditLog.CountAsync(entry => entry.SettlementId == one.SettlementId && entry.Action == "case_close_refused"))).ShouldBe(3);
    }

    [Fact]
    public async Task Close_WhatTheRunningSettlementDecides_IsRefusedWithTheReason()
    {
        var locked = await books.LockedAsync();
        await books.Get<StepRunner>().RunActionAsync(locked.SettlementId, new StepName("test"), Books.Now, step =>
        {
            step.Cases.Open(AttentionReason.OutcomeUnknown, "{}");
            return Task.FromResult(true);
        });
        var one = await CaseOfAsync(locked.SettlementId);

        var refused = await Should.ThrowAsync<ApplicationFailureException>(async () => await Activity.CloseCaseAsync(Close(one.CaseId, await TicketAsync(one)), Books.Now));

        (refused.ErrorType, refused.Message.Contains("FUNDS_LOCKED", StringComparison.Ordinal)).ShouldBe((OperatorRefusals.NotNow, true));
    }

    [Fact]
    public async Task Close_UnstartableSettlement_CancelsIt()
    {
        var input = await books.CreateAsync();
        await books.Get<StepRunner>().RunActionAsync(input.SettlementId, new StepName("unstartable"), Books.Now, step =>
        {
            step.RaiseAttention(AttentionReason.Unstartable, Actor.System, "cannot be started");
            step.Cases.Open(AttentionReason.Unstartable, "{}");
            return Task.FromResult(true);
        });
        var one = await CaseOfAsync(input.SettlementId);

        await Activity.CloseCaseAsync(Close(one.CaseId, await TicketAsync(one)), Books.Now);

        var row = await books.SettlementAsync(input.SettlementId);
        (row.Status, row.NeedsAttention, row.ChangedBy).ShouldBe((SettlementStatus.Cancelled, false, "olga"));
    }

    [Fact]
    public async Task Assign_OpenCase_ShowsItsOwnerInCaseAndFlag()
    {
        var one = await LateCaseAsync();
        var action = new AssignCaseAction { Operator = "olga", Reason = "shift", RequestId = Guid.NewGuid().ToString("N"), CaseId = one.CaseId, Owner = "nora" };

        await books.Get<CaseActivities>().AssignCaseAsync(action, Books.Now);

        (await CaseOfAsync(one.SettlementId!.Value)).Owner.ShouldBe("nora");
        (await books.SettlementAsync(one.SettlementId!.Value)).AttentionOwner.ShouldBe("nora");
        (await books.ReadAsync(context => context.AuditLog.SingleAsync(entry => entry.RequestId == action.RequestId))).Action.ShouldBe("case_assigned");
    }

    private CaseActivities Activity => books.Get<CaseActivities>();

    private async Task<string?> RefusalAsync(CloseCaseAction action) =>
        (await Should.ThrowAsync<ApplicationFailureException>(() => Activity.CloseCaseAsync(action, Books.Now))).ErrorType;

    private static CloseCaseAction Close(Guid caseId, string ticket) => new()
    {
        Operator = "olga", Reason = "given back", RequestId = Guid.NewGuid().ToString("N"), CaseId = caseId, Ticket = ticket, Evidence = "camt.053 line 3",
    };

    private async Task<string> TicketAsync(AttentionCase one, string approver = "anna")
    {
        await using var connection = await books.DataSource.OpenConnectionAsync();
        var grant = new TicketGrant(one.SettlementId!.Value, TicketAction.CloseCase, null, approver, "checked", TimeSpan.FromMinutes(5)) { CaseId = one.CaseId };
        return (await ApprovalTickets.IssueAsync(connection, null, grant, CancellationToken.None)).Ticket;
    }

    private Task<AttentionCase> CaseOfAsync(Guid settlementId) =>
        books.ReadAsync(context => context.Cases.SingleAsync(c => c.SettlementId == settlementId && c.State == CaseState.Open));

    /// <summary>Cancelled with proof, and then confirmed by the bank after all.</summary>
    private async Task<AttentionCase> LateCaseAsync()
    {
        var locked = await books.LockedAsync();
        var transfer = Books.Transfer(locked);
        await books.Get<BankActivities>().TransferAsync(transfer);
        await books.Get<LifecycleActivities>().BeginRollBackAsync(new RollBackInput
        {
            SettlementId = locked.SettlementId, Attempt = 1, AsOf = Books.Now, Reason = "recalled", Uetr = transfer.Uetr, Proof = BankOutcome.Recalled,
        });
        await books.Get<LedgerActivities>().ReleaseAsync(new ReleaseInput
        {
            SettlementId = locked.SettlementId, Attempt = 1, AsOf = Books.Now, Then = SettlementStatus.Cancelled, Reason = "cancelled",
        });
        await books.Get<BankActivities>().AbsorbAsync(new AbsorbInput
        {
            SettlementId = locked.SettlementId,
            Attempt = 1,
            AsOf = Books.Now,
            Reason = AttentionReason.LateConfirmation,
            Detail = "confirmed after release",
            Message = new Workflows.Contracts.BankMessage { MessageId = "M-1", Uetr = transfer.Uetr, Status = BankMessageStatus.Settled, AmountMinor = 7_524, Currency = "USD" },
        });
        return await CaseOfAsync(locked.SettlementId);
    }
}
