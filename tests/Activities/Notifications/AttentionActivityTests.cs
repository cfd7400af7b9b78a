using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Notifications;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Tests.Notifications;

[Collection(BooksCollection.Name)]
public sealed class AttentionActivityTests(Books books)
{
    [Fact]
    public async Task SetAttention_RaisedAndCleared_FlagCaseAndNoticeFollow()
    {
        var input = Attention(await books.CreateAsync(), "1", raised: true);

        await books.Get<PeopleActivities>().SetAttentionAsync(input);

        var row = await books.SettlementAsync(input.SettlementId);
        (row.NeedsAttention, row.AttentionReason).ShouldBe((true, AttentionReason.OutcomeUnknown));
        (await CaseAsync(input)).State.ShouldBe(CaseState.Open);
        books.Notices.Sent.ShouldContain(notice => notice.Reference == row.Reference && notice.Severity == "warning");

        await books.Get<PeopleActivities>().SetAttentionAsync(input with { Occurrence = "2", Raised = false });

        (await books.SettlementAsync(input.SettlementId)).NeedsAttention.ShouldBeFalse();
        (await CaseAsync(input)).State.ShouldBe(CaseState.Resolved);
    }

    [Fact]
    public async Task SetAttention_ClearedWhileAnotherReasonRemains_KeepsTheFlag()
    {
        var input = Attention(await books.CreateAsync(), "1", raised: true);
        await books.Get<PeopleActivities>().SetAttentionAsync(input);

        await books.Get<PeopleActivities>().SetAttentionAsync(
            input with { Occurrence = "2", Raised = false, Remaining = AttentionReason.Overdue });

        var row = await books.SettlementAsync(input.SettlementId);
        (row.NeedsAttention, row.AttentionReason).ShouldBe((true, AttentionReason.Overdue));
    }

    [Theory]
    [InlineData(EscalationLevel.Due, false, "info")]
    [InlineData(EscalationLevel.Overdue, true, "warning")]
    [InlineData(EscalationLevel.Critical, true, "critical")]
    [InlineData(EscalationLevel.Stuck, true, "warning")]
    public async Task Escalate_Level_PublishesAndFlagsFromWarningOn(EscalationLevel level, bool flagged, string severity)
    {
        var step = await books.CreateAsync();

        await books.Get<PeopleActivities>().EscalateAsync(new EscalationInput
        {
            SettlementId = step.SettlementId, Attempt = 1, AsOf = step.AsOf, Occurrence = "1", Level = level, DeadlineAt = step.AsOf,
            Status = SettlementStatus.Pending,
        });

        var row = await books.SettlementAsync(step.SettlementId);
        row.NeedsAttention.ShouldBe(flagged);
        var type = $"settlement.{UpperSnake.Lower(level)}";
        (await books.ReadAsync(context => context.OutboxEvents.CountAsync(one => one.SettlementId == step.SettlementId && one.Type == type))).ShouldBe(1);
        books.Notices.Sent.ShouldContain(notice => notice.Reference == row.Reference && notice.Severity == severity);
    }

    private static AttentionInput Attention(StepInput step, string occurrence, bool raised) => new()
    {
        SettlementId = step.SettlementId,
        Attempt = 1,
        AsOf = step.AsOf,
        Occurrence = occurrence,
        Raised = raised,
        Reason = AttentionReason.OutcomeUnknown,
        Detail = "the bank cannot say",
    };

    private Task<AttentionCase> CaseAsync(StepInput input) =>
        books.ReadAsync(context => context.Cases.SingleAsync(row => row.SettlementId == input.SettlementId));
}
