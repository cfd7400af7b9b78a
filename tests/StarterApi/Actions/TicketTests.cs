using System.Net;
using Npgsql;
using Settlement.Database.Api;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Actions;

[Collection(ApiCollection.Name)]
public sealed class TicketTests(ApiFixture api)
{
    [Fact]
    public async Task Post_Ticket_IsShownOnceStoredHashedAndAudited()
    {
        var id = await api.CreateAsync();
        using var client = await api.ClientAsync(TestUsers.Approver);
        var reply = await client.PostJsonAsync($"/settlements/{id}/tickets", new { action = "resolve", outcome = "not_executed", reason = "seen the letter" });

        reply.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = await reply.JsonAsync();
        var ticket = body.GetProperty("ticket").GetString()!;
        ticket.ShouldMatch("^tk_[0-9a-f]{48}$");
        body.GetProperty("expires_at").GetDateTimeOffset().ShouldBeInRange(DateTimeOffset.UtcNow.AddSeconds(200), DateTimeOffset.UtcNow.AddSeconds(400));
        (await api.CountAsync("SELECT count(*) FROM settlement.approval_tickets t WHERE t::text LIKE '%' || $1 || '%'", ticket[3..])).ShouldBe(0);
        (await api.CountAsync("SELECT count(*) FROM settlement.audit_log WHERE settlement_id = $1 AND action = 'ticket_issued' AND actor = 'anna'", id)).ShouldBe(1);
    }

    [Theory]
    [InlineData("{\"action\":\"retry\",\"reason\":\"r\"}", "/action")]
    [InlineData("{\"action\":\"resolve\",\"reason\":\"r\"}", "/outcome")]
    [InlineData("{\"action\":\"approve\",\"outcome\":\"confirmed\",\"reason\":\"r\"}", "/outcome")]
    [InlineData("{\"action\":\"approve\",\"reason\":\"\"}", "/reason")]
    public async Task Post_TicketThatIsNotClear_IsRefused(string body, string pointer)
    {
        var id = await api.CreateAsync();
        using var client = await api.ClientAsync(TestUsers.Approver);
        var problem = await (await client.PostTextAsync($"/settlements/{id}/tickets", body)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        problem.Pointers().ShouldBe([pointer]);
    }

    [Fact]
    public async Task Redeem_Once_NamesTheApprover_AndRepeatsForTheSameRequest()
    {
        var claim = await ClaimAsync(TicketAction.Approve);
        (await RedeemAsync(claim)).ShouldBe(new TicketRedemption(true, TestUsers.Approver, null));
        (await RedeemAsync(claim)).ShouldBe(new TicketRedemption(true, TestUsers.Approver, null));
        (await RedeemAsync(claim with { RequestId = "another-request" })).Refusal.ShouldBe(TicketRefusal.Used);
    }

    [Theory]
    [InlineData("ticket", TicketRefusal.Unknown)]
    [InlineData("empty", TicketRefusal.Unknown)]
    [InlineData("huge", TicketRefusal.Unknown)]
    [InlineData("settlement", TicketRefusal.OtherSettlement)]
    [InlineData("action", TicketRefusal.OtherAction)]
    [InlineData("outcome", TicketRefusal.OtherOutcome)]
    [InlineData("own", TicketRefusal.OwnSettlement)]
    [InlineData("same person", TicketRefusal.SamePerson)]
    public async Task Redeem_ForAnythingElse_IsRefusedAndLeavesTheTicketGood(string difference, string refusal)
    {
        var good = await ClaimAsync(TicketAction.Resolve, "confirmed");
        var bad = difference switch
        {
            "ticket" => good with { Ticket = "tk_" + new string('0', 48) },
            "empty" => good with { Ticket = "" },
            "huge" => good with { Ticket = new string('x', 10_000) },
            "settlement" => good with { SettlementId = Guid.NewGuid() },
            "action" => good with { Action = TicketAction.Reject },
            "outcome" => good with { Outcome = "not_executed" },
            "own" => good with { Starter = TestUsers.Approver.ToUpperInvariant() },
            _ => good with { Operator = TestUsers.Approver.ToUpperInvariant() },
        };
        (await RedeemAsync(bad)).ShouldBe(new TicketRedemption(false, null, refusal));
        (await RedeemAsync(good)).Redeemed.ShouldBeTrue();
    }

    [Fact]
    public async Task Redeem_TwoRequestsAtOnce_OneWins()
    {
        var claim = await ClaimAsync(TicketAction.Approve);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RedeemAsync(claim with { RequestId = $"request-{i}" })));
        outcomes.Count(outcome => outcome.Redeemed).ShouldBe(1);
        outcomes.Where(outcome => !outcome.Redeemed).ShouldAllBe(outcome => outcome.Refusal == TicketRefusal.Used);
    }

    [Fact]
    public async Task Redeem_InATransactionThatRollsBack_LeavesTheTicketGood()
    {
        var claim = await ClaimAsync(TicketAction.Approve);
        await using (var connection = await api.Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            (await ApprovalTickets.RedeemAsync(connection, transaction, claim, CancellationToken.None)).Redeemed.ShouldBeTrue();
        }

        (await RedeemAsync(claim with { RequestId = "another-request" })).Redeemed.ShouldBeTrue();
    }

    [Fact]
    public async Task Redeem_Expired_IsRefused()
    {
        var claim = await ClaimAsync(TicketAction.Approve, life: TimeSpan.FromSeconds(-1));
        (await RedeemAsync(claim)).Refusal.ShouldBe(TicketRefusal.Expired);
    }

    [Theory]
    [InlineData("UPDATE settlement.approval_tickets SET expires_at = expires_at + interval '1 day'")]
    [InlineData("UPDATE settlement.approval_tickets SET approver = 'someone'")]
    [InlineData("DELETE FROM settlement.approval_tickets")]
    [InlineData("TRUNCATE settlement.approval_tickets")]
    [InlineData("UPDATE settlement.api_idempotency_keys SET response = '{}'")]
    [InlineData("DELETE FROM settlement.api_idempotency_keys")]
    public async Task Database_RewriteOfTicketsOrKeys_IsRefused(string sql)
    {
        await ClaimAsync(TicketAction.Approve);
        await using var command = api.Database.CreateCommand(sql);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe("SW002");
    }

    private async Task<TicketClaim> ClaimAsync(string action, string? outcome = null, TimeSpan? life = null)
    {
        var id = await api.CreateAsync();
        await using var connection = await api.Database.OpenConnectionAsync();
        var issued = await ApprovalTickets.IssueAsync(
            connection, null, new TicketGrant(id, action, outcome, TestUsers.Approver, "reason", life ?? TimeSpan.FromMinutes(5)), CancellationToken.None);
        return new TicketClaim(issued.Ticket, id, action, outcome, TestUsers.Operator, TestUsers.Starter, "request-" + Guid.NewGuid().ToString("N"));
    }

    private async Task<TicketRedemption> RedeemAsync(TicketClaim claim)
    {
        await using var connection = await api.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var redemption = await ApprovalTickets.RedeemAsync(connection, transaction, claim, CancellationToken.None);
        await transaction.CommitAsync();
        return redemption;
    }
}
