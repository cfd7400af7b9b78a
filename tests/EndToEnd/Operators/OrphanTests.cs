using Settlement.AppHost.Temporal;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>What an operator does about rows without workflows and workflows without rows, from the real command line.</summary>
[Collection(OperatorsCollection.Name)]
public sealed class OrphanTests(StagedEnvironment environment)
{
    [Fact]
    public async Task Revive_AfterATermination_GoesOnWhereItStood_AndPaysOnce()
    {
        Assert.SkipWhen(Oracles.TemporalCli is null, Oracles.MissingReason);
        var stage = environment.Stage;
        var line = new TemporalCommandLine(environment.Environment);
        var (id, reference) = await stage.AwaitingRetryAsync();
        await line.RunAsync("workflow", "terminate", "--workflow-id", $"settlement-{reference}", "--reason", "a mistake");
        (await line.UpdateAsync(reference, "Retry", Words("too-soon"))).Exit.ShouldNotBe(0, "nobody is there to take it");

        var (exit, output) = await ReviveAsync(line, id);

        exit.ShouldBe(0, output);
        var (retried, said) = await line.UpdateAsync(reference, "Retry", Words("now"));
        retried.ShouldBe(0, said);
        await stage.Starter.WaitAsync(id, s => s.GetProperty("status").GetString() == "settled");
        (await stage.TextAsync("SELECT count(*)::text FROM settlement.bank_instructions WHERE settlement_id = $1 AND state = 'CONFIRMED'", Guid.Parse(id))).ShouldBe("1");
    }

    [Fact]
    public async Task EndOrphan_OfASettlementThatIsOpen_IsRefusedAndLeavesItOpen()
    {
        Assert.SkipWhen(Oracles.TemporalCli is null, Oracles.MissingReason);
        var stage = environment.Stage;
        var (_, reference) = await stage.AwaitingRetryAsync();

        var (exit, output) = await new TemporalCommandLine(environment.Environment).RunAsync(
            "workflow", "execute", "--task-queue", SettlementNames.TaskQueue, "--type", OperationNames.EndOrphan,
            "--input", $$"""{"operator":"ada","reason":"looks lost","request_id":"e-{{Guid.NewGuid():N}}","workflow_id":"settlement-{{reference}}"}""");

        exit.ShouldNotBe(0, output);
        output.ShouldContain("It is no orphan: its settlement is in AWAITING_RETRY");
        (await stage.WorkflowStatusAsync($"settlement-{reference}")).ShouldBe("Running");
    }

    private static Task<(int Exit, string Output)> ReviveAsync(TemporalCommandLine line, string id) => line.RunAsync(
        "workflow", "execute", "--task-queue", SettlementNames.TaskQueue, "--type", OperationNames.ReviveSettlement,
        "--input", $$"""{"operator":"olga","reason":"terminated by mistake","request_id":"v-{{Guid.NewGuid():N}}","settlement_id":"{{id}}"}""");

    private static string Words(string id) => $$"""{"operator":"olga","reason":"the account was reopened","request_id":"{{id}}"}""";
}
