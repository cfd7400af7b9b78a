using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>Our books and the bank's drift apart, in both directions, and each direction is seen and explained.</summary>
internal sealed class ReconciliationMismatchDrill : MoneyDrill
{
    private const string Creditor = "NW-CHARGES";
    private const string Claimed = "NW-CLAIMED";
    private const string OurAccount = "SETTLEMENT-USD";

    public override string Name => "reconciliation-mismatch";

    public override string Purpose => "Our books against the bank's own, payment by payment, in both directions: a debit that we do not know, and a payment that the bank only claims to have made.";

    protected override async Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("A payment, and both books");
        await environment.Bank.ScriptAsync(Creditor, Steps("""[{"outcome":"settle","recall":"accept"}]"""), cancellationToken);
        var settlement = await desk.CreateAsync(Payer, Creditor, "1500.00", Quick, cancellationToken);
        await desk.WaitAsync(settlement, seen => seen.HasEnded, cancellationToken);
        stage.Expect(await DriftAsync(stage, environment, cancellationToken) == 0, "what left our account at the bank is what left its mirror in our ledger");

        using var bank = new HttpClient { BaseAddress = environment.Bank.Address };
        stage.Scene("The bank debits us for something that we never asked for");
        var uetr = Guid.NewGuid().ToString();
        await PostAsync(bank, "payments", new JsonObject
        {
            ["uetr"] = uetr, ["message_id"] = "THEIRS-1", ["end_to_end_id"] = "CHARGES", ["amount"] = "35.00", ["currency"] = "USD",
            ["debtor_account"] = OurAccount, ["creditor_account"] = Creditor,
        }, cancellationToken);
        stage.Expect(await DriftAsync(stage, environment, cancellationToken) == 35m, "the bank has 35.00 less than our ledger");
        stage.Expect((await desk.ProveAsync(cancellationToken)).Any(breach => breach.Contains(uetr, StringComparison.Ordinal)), "the proof names the payment by its UETR");
        stage.Sees("a debit without a settlement: it is recalled at the bank");
        stage.Does($"curl -s -X POST $BANK/payments/{uetr}/recall -d '{{\"recall_id\":\"R-35\",\"reason_code\":\"CUST\"}}'");
        stage.Output(await PostAsync(bank, $"payments/{uetr}/recall", new JsonObject { ["recall_id"] = "R-35", ["reason_code"] = "CUST" }, cancellationToken));
        stage.Expect(await DriftAsync(stage, environment, cancellationToken) == 0, "the books agree again");

        await ClaimedAsync(stage, environment, desk, cancellationToken);
    }

    /// <summary>The other direction: our ledger says that more has left than the bank has paid.</summary>
    private static async Task ClaimedAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        stage.Scene("The bank claims to have paid, and has not");
        await environment.Bank.ScriptAsync(Claimed, Steps("""[{"outcome":"hold","enquiry":"claim_settled"}]"""), cancellationToken);
        var settlement = await desk.CreateAsync(Payer, Claimed, "800.00", Quick, cancellationToken);
        stage.Expect((await desk.WaitAsync(settlement, seen => seen.HasEnded, cancellationToken)).Status == "settled", "we believe the bank's own word");
        stage.Expect(await DriftAsync(stage, environment, cancellationToken) == -800m, "the bank has 800.00 more than our ledger");
        var breaches = await desk.ProveAsync(cancellationToken);
        stage.Expect(breaches.Any(breach => breach.Contains(settlement.Reference, StringComparison.Ordinal)), "the proof names the settlement that the bank has not paid");
        var (uetr, _) = (await environment.Bank.PaymentsAsync(Claimed, cancellationToken)).Single();
        stage.Sees("SETTLED with us, still held at the bank: the bank's back office is called with the UETR, and carries it out");
        stage.Does($"curl -s -X POST $BANK/payments/{uetr}/decide -d '{{\"outcome\":\"settle\"}}'");
        await environment.Bank.DecideAsync(uetr, "settle", cancellationToken);
        stage.Expect(await DriftAsync(stage, environment, cancellationToken) == 0, "the books agree again");
    }

    /// <summary>What the bank paid out for us beyond what our nostro's entries say; 0: both agree.</summary>
    private static async Task<decimal> DriftAsync(DrillStage stage, PrivateEnvironment environment, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = environment.Bank.Address };
        stage.Does("curl -s $BANK/books/accounts      # and: curl -s $API/api/v1/accounts/NOSTRO-SIMBANK-USD");
        var accounts = await http.GetFromJsonAsync<JsonElement>("books/accounts?limit=1000", cancellationToken);
        var theirs = accounts.GetProperty("data").EnumerateArray()
            .Where(a => a.GetProperty("account").GetString() == OurAccount && a.GetProperty("currency").GetString() == "USD")
            .Select(a => decimal.Parse(a.GetProperty("balance").GetString()!, CultureInfo.InvariantCulture) - decimal.Parse(a.GetProperty("opening_balance").GetString()!, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0).Single();
        var ours = await environment.ScalarAsync<decimal>("""
            SELECT coalesce(-sum(e.amount_minor), 0) / 100.0 FROM settlement.ledger_entries e JOIN settlement.nostro_accounts n USING (account_id)
              JOIN settlement.ledger_transfers t USING (transfer_id) WHERE n.currency = 'USD' AND t.kind <> 'OPENING'
            """, cancellationToken);
        stage.Output(FormattableString.Invariant($"moved on our account: {theirs:0.00} at the bank, {ours:0.00} in our ledger, drift {ours - theirs:0.00}"));
        return ours - theirs;
    }

    private static async Task<string> PostAsync(HttpClient http, string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(path, body, cancellationToken);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}";
    }
}
