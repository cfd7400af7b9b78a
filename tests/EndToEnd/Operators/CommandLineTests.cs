using Settlement.AppHost.Launch;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>What the runbook promises: operators find a stuck settlement and act on it from the real <c>temporal</c> command line.</summary>
[Collection(OperatorsCollection.Name)]
public sealed class CommandLineTests(StagedEnvironment staged)
{
    [Fact]
    public async Task Retry_FromTheCommandLine_SettlesWhatTheBankHadRejected()
    {
        var environment = staged.Environment;
        var sam = staged.Stage.Starter;
        var creditor = Creditor();
        await ApiCaller.ScriptBankAsync(environment, creditor, new { Outcome = "reject", ReasonCode = "AC04" }, new { Outcome = "settle" });
        var (id, reference) = await sam.StartAsync(await ApiCaller.OpenAccountAsync(environment), creditor);
        await sam.WaitAsync(id, s => Status(s) == "awaiting_retry" && s.GetProperty("needs_attention").GetBoolean());

        var (exit, output) = await new TemporalCommandLine(environment).UpdateAsync(reference, "Retry", """{"operator":"olga","reason":"the account was reopened","request_id":"cli-retry"}""");

        exit.ShouldBe(0, output);
        output.ShouldContain(id);
        await sam.WaitAsync(id, s => Status(s) == "settled");
        (await HistoryAsync(sam, id)).ShouldBe("pending funds_locked transfer_initiated rolling_back awaiting_retry funds_locked transfer_initiated confirmed settled");
    }

    [Fact]
    public async Task Action_ThatMakesNoSenseNow_IsRefusedWithTheReason()
    {
        var environment = staged.Environment;
        var sam = staged.Stage.Starter;
        var (id, reference, _) = await StuckAsync(environment, sam);

        var (exit, output) = await new TemporalCommandLine(environment).UpdateAsync(reference, "Retry", """{"operator":"olga","reason":"try","request_id":"cli-1"}""");

        exit.ShouldNotBe(0);
        output.ShouldContain("only a settlement in AWAITING_RETRY can be retried");
        Status(await sam.GetAsync($"/settlements/{id}")).ShouldBe("outcome_unknown");
    }

    [Fact]
    public async Task StuckSettlement_IsOneQueryAway_AndShowsWhatToDo()
    {
        var environment = staged.Environment;
        var sam = staged.Stage.Starter;
        var (_, reference, cli) = await StuckAsync(environment, sam);

        await EventuallyAsync(async () => (await cli.RunAsync("workflow", "list", "--query", "NeedsAttention = true AND AttentionReason = 'OUTCOME_UNKNOWN'")).Output.Contains(reference, StringComparison.Ordinal));
        var (_, metadata) = await cli.RunAsync("workflow", "metadata", "--workflow-id", $"settlement-{reference}");
        metadata.ShouldContain("Needs attention: **OUTCOME_UNKNOWN**");
        metadata.ShouldContain("`Resolve`");
        var (_, described) = await cli.RunAsync("workflow", "describe", "--workflow-id", $"settlement-{reference}");
        described.ShouldContain("cash 12.34 USD via simbank");
        described.ShouldNotContain("Northwind", Case.Insensitive, "personal data of the creditor must not reach Temporal");
    }

    [Fact]
    public async Task Resolve_FromTheCommandLine_NeedsAnApproversTicket_AndIsSpentOnce()
    {
        var environment = staged.Environment;
        var sam = staged.Stage.Starter;
        var anna = staged.Stage.Approver;
        var (id, reference, cli) = await StuckAsync(environment, sam);
        const string action = "\"operator\":\"olga\",\"reason\":\"statement\",\"outcome\":\"confirmed\",\"evidence\":\"camt.053 entry 17\"";

        var (without, refusal) = await cli.UpdateAsync(reference, "Resolve", $"{{{action},\"request_id\":\"cli-a\"}}");
        without.ShouldNotBe(0);
        refusal.ShouldContain("ticket");

        var ticket = (await anna.PostAsync($"/settlements/{id}/tickets", new { Action = "resolve", Outcome = "confirmed", Reason = "statement checked" })).GetProperty("ticket").GetString();
        var (exit, output) = await cli.UpdateAsync(reference, "Resolve", $"{{{action},\"request_id\":\"cli-b\",\"ticket\":\"{ticket}\"}}");

        exit.ShouldBe(0, output);
        await sam.WaitAsync(id, s => Status(s) == "settled");
        var history = await sam.GetAsync($"/settlements/{id}/history");
        history.ToString().ShouldContain("approved by anna");

        var (other, _, _) = await StuckAsync(environment, sam);
        var spent = await cli.UpdateAsync((await sam.GetAsync($"/settlements/{other}")).GetProperty("reference").GetString()!, "Resolve", $"{{{action},\"request_id\":\"cli-c\",\"ticket\":\"{ticket}\"}}");
        spent.Exit.ShouldNotBe(0, spent.Output);
    }

    /// <summary>A settlement whose bank has executed, never answered, and cannot say.</summary>
    private static async Task<(string Id, string Reference, TemporalCommandLine Cli)> StuckAsync(SettlementEnvironment environment, ApiCaller sam)
    {
        var creditor = Creditor();
        await ApiCaller.ScriptBankAsync(environment, creditor, new { Outcome = "settle", Answer = "silence", Enquiry = "unavailable" });
        var (id, reference) = await sam.StartAsync(await ApiCaller.OpenAccountAsync(environment), creditor, bankCallTimeoutSeconds: 1);
        await sam.WaitAsync(id, s => Status(s) == "outcome_unknown" && s.GetProperty("needs_attention").GetBoolean());
        return (id, reference, new TemporalCommandLine(environment));
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(200, limit.Token);
    }

    private static async Task<string> HistoryAsync(ApiCaller caller, string id) =>
        string.Join(' ', (await caller.GetAsync($"/settlements/{id}/history")).GetProperty("data").EnumerateArray().Select(h => h.GetProperty("to_status").GetString()));

    private static string? Status(System.Text.Json.JsonElement settlement) => settlement.GetProperty("status").GetString();

    private static string Creditor() => "CRED-" + Guid.NewGuid().ToString("N")[..8];
}
