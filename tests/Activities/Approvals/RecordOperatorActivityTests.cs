using Settlement.Activities.Notifications;
using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Tests.Support;
using Settlement.Database.Api;
using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Tests.Approvals;

[Collection(BooksCollection.Name)]
public sealed class RecordOperatorActivityTests(Books books)
{
    [Fact]
    public async Task Record_PlainAct_IsAuditedOnceWithItsDoor()
    {
        var input = Action(await books.CreateAsync(), "Retry", ticket: null);

        var record = await books.Get<PeopleActivities>().RecordOperatorActionAsync(input);
        await books.Get<PeopleActivities>().RecordOperatorActionAsync(input);

        record.Actor.ShouldBe(new Actor("olga", ActorSource.CommandLine));
        var entry = await books.ReadAsync(context => context.AuditLog.SingleAsync(row => row.SettlementId == input.SettlementId && row.Action == "operator_retry"));
        (entry.Actor, entry.Reason).ShouldBe(("olga", "because"));
    }

    [Fact]
    public async Task Record_ApproveWithTicket_ActsAsTheTicketsOwner()
    {
        var step = await books.CreateAsync();
        var input = Action(step, "Approve", await TicketAsync(step, TicketAction.Approve, "anna"));

        var record = await books.Get<PeopleActivities>().RecordOperatorActionAsync(input);

        record.Refusal.ShouldBeNull();
        record.Actor.Name.ShouldBe("anna");
    }

    [Fact]
    public async Task Record_TicketUsedTwice_RefusesTheSecondAct()
    {
        var step = await books.CreateAsync();
        var input = Action(step, "Approve", await TicketAsync(step, TicketAction.Approve, "anna"));
        await books.Get<PeopleActivities>().RecordOperatorActionAsync(input);

        var second = await books.Get<PeopleActivities>().RecordOperatorActionAsync(input with { RequestId = "other" });

        second.Refusal.ShouldNotBeNull();
        second.RefusalKind.ShouldBe(SettlementFailure.TicketInvalid);
    }

    [Fact]
    public async Task Record_ApproverStartedIt_ViolatesFourEyes()
    {
        var step = await books.CreateAsync();
        var input = Action(step, "Approve", await TicketAsync(step, TicketAction.Approve, "stella"));

        var record = await books.Get<PeopleActivities>().RecordOperatorActionAsync(input);

        record.RefusalKind.ShouldBe(SettlementFailure.FourEyesViolated);
    }

    [Fact]
    public async Task Record_ResolveByTheApproverHimself_ViolatesFourEyes()
    {
        var step = await books.CreateAsync();
        var input = Action(step, "Resolve", await TicketAsync(step, TicketAction.Resolve, "olga", ResolveAction.Confirmed)) with
        {
            Outcome = ResolveAction.Confirmed,
        };

        (await books.Get<PeopleActivities>().RecordOperatorActionAsync(input)).RefusalKind.ShouldBe(SettlementFailure.FourEyesViolated);
    }

    [Fact]
    public async Task Record_ResolveOtherOutcomeThanGranted_IsRefused()
    {
        var step = await books.CreateAsync();
        var input = Action(step, "Resolve", await TicketAsync(step, TicketAction.Resolve, "anna", ResolveAction.NotExecuted)) with
        {
            Outcome = ResolveAction.Confirmed,
        };

        (await books.Get<PeopleActivities>().RecordOperatorActionAsync(input)).RefusalKind.ShouldBe(SettlementFailure.TicketInvalid);
    }

    private static OperatorActionInput Action(StepInput step, string action, string? ticket) => new()
    {
        SettlementId = step.SettlementId,
        Attempt = 1,
        AsOf = step.AsOf,
        Action = action,
        Operator = "olga",
        Reason = "because",
        RequestId = "Req-1",
        Source = ActorSources.CommandLine,
        StartedBy = "stella",
        Ticket = ticket,
    };

    private async Task<string> TicketAsync(StepInput step, string action, string approver, string? outcome = null)
    {
        await using var connection = await books.DataSource.OpenConnectionAsync();
        var issued = await ApprovalTickets.IssueAsync(
            connection, null, new TicketGrant(step.SettlementId, action, outcome, approver, "looked at it", TimeSpan.FromMinutes(5)), CancellationToken.None);
        return issued.Ticket;
    }
}
