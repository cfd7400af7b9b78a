using System.Net;
using Settlement.AppHost.Processes;
using Settlement.StarterApi.Temporal;
using Settlement.StarterApi.Tests.Support;
using Settlement.Workflows.Contracts;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.StarterApi.Tests.Actions;

[Collection(ApiCollection.Name)]
public sealed class ActionTests(ApiFixture api) : IDisposable
{
    public void Dispose() => api.Workflows.Answer = _ => FakeSettlementWorkflows.Done();

    [Theory]
    [InlineData("retry", "Retry")]
    [InlineData("cancel", "Cancel")]
    [InlineData("retry-compensation", "RetryCompensation")]
    [InlineData("pause", "Pause")]
    [InlineData("resume", "Resume")]
    public async Task Post_Action_SendsTheUpdateInTheCallersName(string path, string update)
    {
        var id = await api.CreateAsync();
        var key = Requests.NewKey();
        using var client = await api.ClientAsync(TestUsers.Operator);

        var reply = await client.PostJsonAsync($"/settlements/{id}/{path}", new { reason = "the bank called back" }, key);

        reply.StatusCode.ShouldBe(HttpStatusCode.OK, await reply.Content.ReadAsStringAsync());
        var body = await reply.JsonAsync();
        body.EnumerateObject().Select(member => member.Name).ShouldBe(["settlement_id", "status", "retry_count", "message"]);
        var sent = LastAction(id);
        sent.Update.ShouldBe(update);
        sent.Action.ShouldBe(new OperatorAction { Operator = TestUsers.Operator, Reason = "the bank called back", RequestId = key, Source = ActorSources.Api });
    }

    [Fact]
    public async Task Post_ExtendDeadline_CarriesTheInstant()
    {
        var id = await api.CreateAsync();
        using var client = await api.ClientAsync(TestUsers.Operator);
        var reply = await client.PostJsonAsync($"/settlements/{id}/extend-deadline", new { reason = "bank holiday", until = "2026-12-01T17:00:00+01:00" });
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        LastAction(id).Action.ShouldBeOfType<ExtendDeadlineAction>().Until.ShouldBe(new DateTimeOffset(2026, 12, 1, 16, 0, 0, TimeSpan.Zero));

        await (await client.PostJsonAsync($"/settlements/{id}/extend-deadline", new { reason = "bank holiday", until = "2026-12-01T17:00:00" }))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed-body");
    }

    [Theory]
    [InlineData("approve", "Approve")]
    [InlineData("reject", "Reject")]
    public async Task Post_ApproveOrReject_IssuesTheTicketItself(string path, string update)
    {
        var id = await api.CreateAsync();
        using var client = await api.ClientAsync(TestUsers.Approver);

        var reply = await client.PostJsonAsync($"/settlements/{id}/{path}", new { reason = "checked" });

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        var sent = LastAction(id);
        sent.Update.ShouldBe(update);
        var ticket = sent.Action.ShouldBeOfType<TicketedAction>().Ticket;
        (await api.CountAsync(
            "SELECT count(*) FROM settlement.approval_tickets WHERE ticket_hash = sha256(convert_to($1, 'UTF8')) AND action = $2 AND approver = 'anna'", ticket, path)).ShouldBe(1);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("tickets")]
    public async Task Post_DecisionOnOnesOwnSettlement_IsRefusedAndAudited(string path)
    {
        var id = await api.CreateAsync(TestUsers.StarterAndApprover);
        using var client = await api.ClientAsync(TestUsers.StarterAndApprover);
        object body = path == "tickets" ? new { action = "approve", reason = "mine" } : new { reason = "mine" };

        var problem = await (await client.PostJsonAsync($"/settlements/{id}/{path}", body)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "four-eyes");

        var requestId = problem.GetProperty("request_id").GetString()!;
        (await api.CountAsync("SELECT count(*) FROM settlement.audit_log WHERE request_id = $1 AND actor = 'sven'", requestId)).ShouldBe(1);
        (await api.CountAsync("SELECT count(*) FROM settlement.approval_tickets WHERE settlement_id = $1", id)).ShouldBe(0);
    }

    [Fact]
    public async Task Post_Resolve_PassesOutcomeEvidenceAndTicketOn()
    {
        var id = await api.CreateAsync();
        using var client = await api.ClientAsync(TestUsers.Operator);
        var reply = await client.PostJsonAsync(
            $"/settlements/{id}/resolve", new { reason = "bank letter", outcome = "confirmed", evidence = "letter of 22 Nov", ticket = "tk_0123456789" });
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        var sent = LastAction(id).Action.ShouldBeOfType<ResolveAction>();
        (sent.Outcome, sent.Evidence, sent.Ticket).ShouldBe(("confirmed", "letter of 22 Nov", "tk_0123456789"));
    }

    [Theory]
    [InlineData("{\"reason\":\"r\",\"outcome\":\"settled\",\"evidence\":\"e\",\"ticket\":\"tk_1\"}", "/outcome")]
    [InlineData("{\"reason\":\"r\",\"outcome\":\"confirmed\",\"evidence\":\"\",\"ticket\":\"tk_1\"}", "/evidence")]
    [InlineData("{\"reason\":\"r\",\"outcome\":\"confirmed\",\"evidence\":\"e\",\"ticket\":\"\"}", "/ticket")]
    [InlineData("{\"reason\":\" \",\"outcome\":\"confirmed\",\"evidence\":\"e\",\"ticket\":\"tk_1\"}", "/reason")]
    public async Task Post_ResolveWithoutWhatItNeeds_IsRefused(string body, string pointer)
    {
        var id = await api.CreateAsync();
        using var client = await api.ClientAsync(TestUsers.Operator);
        var problem = await (await client.PostTextAsync($"/settlements/{id}/resolve", body)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "validation-failed");
        problem.Pointers().ShouldBe([pointer]);
        api.Workflows.Actions.ShouldNotContain(sent => sent.Reference == ReferenceOf(id));
    }

    [Fact]
    public async Task Post_WorkflowRefuses_ItsReasonIsTheAnswer()
    {
        api.Workflows.Answer = _ => new ActionOutcome(ActionOutcomeKind.Refused, Reason: "Nothing is to be retried: the settlement is pending.", FailureType: OperatorRefusals.NotNow);
        var problem = await RetryAsync(HttpStatusCode.Conflict, "action-refused");
        problem.GetProperty("detail").GetString().ShouldBe("Nothing is to be retried: the settlement is pending.");
    }

    [Theory]
    [InlineData("TicketInvalid")]
    [InlineData("FourEyesViolated")]
    public async Task Post_WorkflowMissesTheSecondPerson_IsFourEyes(string failure)
    {
        api.Workflows.Answer = _ => new ActionOutcome(ActionOutcomeKind.Refused, Reason: "The ticket has been used.", FailureType: failure);
        await RetryAsync(HttpStatusCode.Forbidden, "four-eyes");
    }

    [Fact]
    public async Task Post_WorkflowNotStartedYet_IsUnavailableForAMoment()
    {
        api.Workflows.Answer = _ => new ActionOutcome(ActionOutcomeKind.NotOpen);
        await RetryAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
    }

    [Fact]
    public async Task Post_WorkflowHasEnded_SaysThatTheStatusIsFinal()
    {
        var id = await api.CreateAsync();
        await using (var cancel = api.Database.CreateCommand("""
            WITH step AS (INSERT INTO settlement.settlement_operation_checkpoints (settlement_id, attempt, step, status_before, status_after, as_of, result)
                          VALUES ($1, 1, 'test', 'PENDING', 'CANCELLED', now(), 'null'))
            UPDATE settlement.settlement_transactions SET status = 'CANCELLED', changed_by = 'test', changed_source = 'JOB', changed_reason = 'test',
                   changed_as_of = now(), changed_step = 'test' WHERE settlement_id = $1
            """))
        {
            cancel.Parameters.Add(new Npgsql.NpgsqlParameter { Value = id });
            await cancel.ExecuteNonQueryAsync();
        }

        api.Workflows.Answer = _ => new ActionOutcome(ActionOutcomeKind.NotOpen);
        using var client = await api.ClientAsync(TestUsers.Operator);
        var problem = await (await client.PostJsonAsync($"/settlements/{id}/retry", new { reason = "again" })).ShouldBeProblemAsync(HttpStatusCode.Conflict, "action-refused");
        problem.GetProperty("detail").GetString().ShouldBe("The settlement is cancelled, which is final.");
    }

    [Fact]
    public async Task Post_NoAnswerInTime_NamesTheKeyToAskAgainWith()
    {
        api.Workflows.Answer = _ => new ActionOutcome(ActionOutcomeKind.Unanswered);
        var problem = await RetryAsync(HttpStatusCode.ServiceUnavailable, "unavailable", key: "again-and-again");
        problem.GetProperty("detail").GetString()!.ShouldContain("again-and-again");
    }

    [Theory]
    [InlineData(RpcException.StatusCode.Unavailable, HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData(RpcException.StatusCode.ResourceExhausted, HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData(RpcException.StatusCode.Internal, HttpStatusCode.InternalServerError, "internal-error")]
    public async Task Post_TemporalFails_IsOurProblemAndNotTheCallers(RpcException.StatusCode code, HttpStatusCode status, string type)
    {
        api.Workflows.Answer = _ => throw new RpcException(code, "10.1.2.3 says no", null);
        var problem = await RetryAsync(status, type);
        problem.GetRawText().ShouldNotContain("10.1.2.3");
    }

    [Fact]
    public async Task Post_TemporalWasNeverReached_IsUnavailableAndNamesNoHost()
    {
        // What a client that connects on first use throws, in the SDK's own words.
        var lazy = TemporalClient.CreateLazy(new TemporalClientConnectOptions($"127.0.0.1:{FreePort.Any()}"));
        var away = await Should.ThrowAsync<InvalidOperationException>(() => lazy.StartWorkflowAsync("any", [], new WorkflowOptions("id", "queue")));
        api.Workflows.Answer = _ => throw away;
        var problem = await RetryAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        problem.GetRawText().ShouldNotContain("127.0.0.1");
    }

    [Theory]
    [InlineData(TestUsers.OperatorOfB)]
    public async Task Post_OnAnotherEntitysSettlement_IsAsIfItWereNotThere(string user)
    {
        var id = await api.CreateAsync();
        using var client = await api.ClientAsync(user);
        await (await client.PostJsonAsync($"/settlements/{id}/retry", new { reason = "again" })).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        api.Workflows.Actions.ShouldNotContain(sent => sent.Reference == ReferenceOf(id));
    }

    private async Task<System.Text.Json.JsonElement> RetryAsync(HttpStatusCode status, string type, string? key = null)
    {
        var id = await api.CreateAsync();
        using var client = await api.ClientAsync(TestUsers.Operator);
        return await (await client.PostJsonAsync($"/settlements/{id}/retry", new { reason = "again" }, key)).ShouldBeProblemAsync(status, type);
    }

    private (string Reference, string Update, OperatorAction Action) LastAction(Guid id) => api.Workflows.Actions.Last(sent => sent.Reference == ReferenceOf(id));

    private string ReferenceOf(Guid id) => api.Workflows.Started[id].Reference;
}
