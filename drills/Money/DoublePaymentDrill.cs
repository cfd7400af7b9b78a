using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>Everything that could pay twice is tried; then somebody pays by hand, which only the books can tell.</summary>
internal sealed class DoublePaymentDrill : MoneyDrill
{
    private const string Creditor = "NW-TWICE";

    public override string Name => "double-payment";

    public override string Purpose => "A caller repeats his request, a worker dies while the bank holds the call, and in the end somebody does pay twice by hand: seen, and taken back.";

    protected override async Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("A caller gets no answer and asks again with the same key");
        await environment.Bank.ScriptAsync(Creditor, Steps("""[{"answer":"silence","answer_times":1,"decide_after_ms":0,"confirmation":{"copies":0}}]"""), cancellationToken);
        var first = await desk.TryCreateAsync("drill-double-1", Payer, Creditor, "2500.00", Quick, cancellationToken);
        var again = await desk.TryCreateAsync("drill-double-1", Payer, Creditor, "2500.00", Quick, cancellationToken);
        var other = await desk.TryCreateAsync("drill-double-1", Payer, Creditor, "2600.00", Quick, cancellationToken);
        stage.Expect(first.Taken && again.Taken && first.Member("settlement_id") == again.Member("settlement_id"), "the same key gives the same settlement");
        stage.Expect(other.Status == HttpStatusCode.Conflict, "the same key with another body is refused");
        var settlement = new Case(Guid.Parse(first.Member("settlement_id")), first.Member("reference"));

        stage.Scene("The worker dies while the bank holds the call");
        while (await ExecutionsAsync(environment, Creditor, cancellationToken) == 0)
            await Task.Delay(20, cancellationToken);
        stage.Happens("the bank has executed the payment and does not answer; kill -9 of the worker, which is started again");
        await environment.Environment.Worker.KillAsync();
        await environment.Environment.StartWorkerAsync(cancellationToken);
        stage.Expect((await desk.WaitAsync(settlement, seen => seen.HasEnded, cancellationToken)).Status == "settled", "it settles, by asking the bank about the same UETR");
        stage.Expect(await ExecutionsAsync(environment, Creditor, cancellationToken) == 1, "the bank has executed once");
        stage.Expect((await desk.ProveAsync(cancellationToken)).Count == 0, "the books prove out");

        await ByHandAsync(stage, environment, desk, cancellationToken);
    }

    private static async Task ByHandAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("Somebody pays the invoice again, by hand, on the bank's own screen");
        var uetr = Guid.NewGuid().ToString();
        await environment.Bank.ScriptAsync("NW-BY-HAND", Steps("""[{"outcome":"settle","recall":"accept"}]"""), cancellationToken);
        using var http = new HttpClient { BaseAddress = environment.Bank.Address };
        var payment = new JsonObject
        {
            ["uetr"] = uetr, ["message_id"] = "BY-HAND-1", ["end_to_end_id"] = "INVOICE-17", ["amount"] = "2500.00", ["currency"] = "USD",
            ["debtor_account"] = "SETTLEMENT-USD", ["creditor_account"] = "NW-BY-HAND",
        };
        using (var paid = await http.PostAsJsonAsync("payments", payment, cancellationToken))
            stage.Happens($"a payment of 2500.00 USD with UETR {uetr} leaves our account at the bank: {(int)paid.StatusCode}");
        var breaches = await desk.ProveAsync(cancellationToken);
        stage.Expect(breaches.Any(breach => breach.Contains(uetr, StringComparison.Ordinal)), "the proof names the payment that we never sent");

        stage.Sees("a payment in the bank's books that no settlement explains: it is recalled by its UETR");
        var recall = new JsonObject { ["recall_id"] = "RECALL-17", ["reason_code"] = "DUPL" };
        stage.Does($"curl -s -X POST $BANK/payments/{uetr}/recall -H 'Content-Type: application/json' -d '{recall.ToJsonString()}'");
        using (var recalled = await http.PostAsJsonAsync($"payments/{uetr}/recall", recall, cancellationToken))
            stage.Output(await recalled.Content.ReadAsStringAsync(cancellationToken));
    }
}
