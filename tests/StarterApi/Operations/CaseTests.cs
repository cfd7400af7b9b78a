using System.Net;
using Settlement.Database;
using Settlement.Domain;
using Settlement.StarterApi.Temporal;
using Settlement.StarterApi.Tests.Support;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Tests.Operations;

[Collection(ApiCollection.Name)]
public sealed class CaseTests(ApiFixture api) : IDisposable
{
    public void Dispose() => api.Workflows.OperationAnswer = _ => FakeSettlementWorkflows.DoneOperation();

    [Fact]
    public async Task Get_Cases_ShowsOwnerAgeReasonAndEvidence()
    {
        var (settlement, id) = await OpenCaseAsync();
        using var rita = await api.ClientAsync(TestUsers.Reader);

        var list = await (await rita.GetAsync(new Uri($"/api/v1/cases?settlement_id={settlement}", UriKind.Relative))).JsonAsync();

        var one = list.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        one.GetProperty("case_id").GetGuid().ShouldBe(id);
        one.GetProperty("reason").GetString().ShouldBe("late_confirmation");
        one.GetProperty("state").GetString().ShouldBe("open");
        one.GetProperty("owner").GetString().ShouldBe("nora");
        one.GetProperty("amount").GetString().ShouldBe("75.24");
        one.GetProperty("age_hours").GetInt64().ShouldBeInRange(4, 6);
        one.GetProperty("evidence").GetProperty("detail").GetString().ShouldBe("seen on the statement");
    }

    [Fact]
    public async Task Cases_OfAnotherEntity_AreAsIfTheyWereNotThere()
    {
        var (_, id) = await OpenCaseAsync();
        using var otto = await api.ClientAsync(TestUsers.OperatorOfB);
        (await (await otto.GetAsync(new Uri("/api/v1/cases", UriKind.Relative))).JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(0);
        await (await otto.PostJsonAsync($"/api/v1/cases/{id}/assign", new { owner = "otto", reason = "mine" })).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Post_AssignAndClose_StartTheWorkflowsOfTheirNames()
    {
        var (_, id) = await OpenCaseAsync();
        var key = Requests.NewKey();
        using var olga = await api.ClientAsync(TestUsers.Operator);

        (await olga.PostJsonAsync($"/api/v1/cases/{id}/assign", new { owner = "olga", reason = "I take it" }, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await olga.PostJsonAsync($"/api/v1/cases/{id}/close", new { reason = "returned", evidence = "camt.053 line 3", ticket = "tk_1" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var sent = api.Workflows.Operations.ToArray();
        sent[^2].ShouldBe((OperationNames.AssignCase, new AssignCaseAction
        {
            Operator = TestUsers.Operator, Reason = "I take it", RequestId = key, Source = ActorSources.Api, CaseId = id, Owner = "olga",
        }));
        sent[^1].Action.ShouldBeOfType<CloseCaseAction>().Evidence.ShouldBe("camt.053 line 3");
    }

    [Theory]
    [InlineData("FourEyesViolated", HttpStatusCode.Forbidden, "four-eyes")]
    [InlineData("TicketInvalid", HttpStatusCode.Forbidden, "four-eyes")]
    [InlineData("NotNow", HttpStatusCode.Conflict, "action-refused")]
    [InlineData("InvalidInput", HttpStatusCode.UnprocessableEntity, "validation-failed")]
    public async Task Post_Refused_IsTheProblemThatItIs(string failure, HttpStatusCode status, string type)
    {
        var (_, id) = await OpenCaseAsync();
        api.Workflows.OperationAnswer = _ => new OperationOutcome(ActionOutcomeKind.Refused, Reason: "no", FailureType: failure);
        using var olga = await api.ClientAsync(TestUsers.Operator);
        await (await olga.PostJsonAsync($"/api/v1/cases/{id}/close", new { reason = "r", evidence = "e", ticket = "tk_1" })).ShouldBeProblemAsync(status, type);
    }

    [Fact]
    public async Task Post_Ticket_IsForThisCase_AndNeverForTheStarter()
    {
        var (settlement, id) = await OpenCaseAsync(TestUsers.StarterAndApprover);
        using var anna = await api.ClientAsync(TestUsers.Approver);
        var issued = await (await anna.PostJsonAsync($"/api/v1/cases/{id}/tickets", new { reason = "statement checked" })).JsonAsync();
        issued.GetProperty("action").GetString().ShouldBe("close_case");
        (await api.CountAsync("SELECT count(*) FROM settlement.approval_tickets WHERE settlement_id = $1 AND case_id = $2 AND approver = 'anna'", settlement, id)).ShouldBe(1);

        using var sven = await api.ClientAsync(TestUsers.StarterAndApprover);
        await (await sven.PostJsonAsync($"/api/v1/cases/{id}/tickets", new { reason = "mine" })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "four-eyes");
    }

    [Fact]
    public async Task Post_Return_StartsTheWorkflowOfAReturn()
    {
        var settlement = await api.CreateAsync();
        using var olga = await api.ClientAsync(TestUsers.Operator);
        (await olga.PostJsonAsync($"/settlements/{settlement}/return", new { reason = "paid twice by the customer" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var (operation, action) = api.Workflows.Operations.Last();
        operation.ShouldBe(OperationNames.ReturnPayment);
        action.ShouldBeOfType<ReturnAction>().SettlementId.ShouldBe(settlement);
    }

    [Fact]
    public async Task Post_CalendarsAndWindows_StartTheWorkflowsOfTheirNames()
    {
        using var adam = await api.ClientAsync(TestUsers.Admin);
        using var olga = await api.ClientAsync(TestUsers.Operator);
        (await adam.PostJsonAsync("/api/v1/calendars/TARGET/versions", new { close = new[] { "2027-06-14" }, reason = "announced" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await adam.PostJsonAsync("/api/v1/windows/T2/EUR/versions", new { calendar = "TARGET", zone = "Europe/Berlin", opens = "02:30:00", cut_off = "17:30:00", reason = "new" }))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        (await olga.PostJsonAsync("/api/v1/windows/T2/EUR/extensions", new { date = "2026-11-23", cut_off = "19:00:00", reason = "T2 delayed" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var sent = api.Workflows.Operations.ToArray();
        sent[^3].Action.ShouldBeOfType<PublishCalendarAction>().Close.ShouldBe([new DateOnly(2027, 6, 14)]);
        sent[^2].Action.ShouldBeOfType<PublishWindowAction>().CutOff.ShouldBe(new TimeOnly(17, 30));
        sent[^1].Action.ShouldBeOfType<ExtendWindowAction>().Date.ShouldBe(new DateOnly(2026, 11, 23));
        await (await olga.PostJsonAsync("/api/v1/windows/T2/EUR/extensions", new { date = "tomorrow", cut_off = "19:00:00", reason = "r" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed-body");
    }

    private async Task<(Guid Settlement, Guid Case)> OpenCaseAsync(string starter = TestUsers.Starter)
    {
        var settlement = await api.CreateAsync(starter);
        await new StepRunner(api.Database).RunActionAsync(settlement, new StepName("test-case"), DateTimeOffset.UtcNow.AddHours(-5), step =>
        {
            step.Cases.Open(AttentionReason.LateConfirmation, """{"detail":"seen on the statement"}""", new Money(7_524, Currency.Usd), owner: "nora");
            return Task.FromResult(true);
        });
        await using var command = api.Database.CreateCommand("SELECT case_id FROM settlement.cases WHERE settlement_id = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = settlement });
        return (settlement, (Guid)(await command.ExecuteScalarAsync())!);
    }
}
