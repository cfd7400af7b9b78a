using System.Globalization;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>PostgreSQL dies without a word in the middle of payments, and comes back.</summary>
internal sealed class DatabaseFailoverDrill : MoneyDrill
{
    private const int Payments = 20;
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(5);

    public override string Name => "database-failover";

    public override string Purpose => "kill -9 of PostgreSQL in the middle of payments: nothing is acknowledged meanwhile, nothing is lost, and everything goes on by itself when it is back.";

    protected override async Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken)
    {
        if (environment.Environment.Postgres is not { } postgres)
            throw new InvalidOperationException("This drill needs a database of its own.");
        stage.Scene($"{Payments} payments are on their way");
        await environment.Bank.ScriptAsync("NW-SLOW", Steps("""[{"latency_ms":500,"latency_jitter_ms":1500,"decide_after_ms":500}]"""), cancellationToken);
        var settlements = new List<Case>();
        for (var i = 0; i < Payments; i++)
            settlements.Add(await desk.CreateAsync(Payer, "NW-SLOW", "10.00", null, cancellationToken));

        stage.Scene("kill -9 of the database");
        await postgres.Process.KillAsync();
        stage.Happens($"PostgreSQL is gone for {Down.TotalSeconds:0} s");
        stage.Does("curl -s -o /dev/null -w '%{http_code}' $API/health/ready");
        using var http = new HttpClient { BaseAddress = environment.Api.Address, Timeout = TimeSpan.FromSeconds(20) };
        using (var ready = await http.GetAsync("health/ready", cancellationToken))
        {
            stage.Output(((int)ready.StatusCode).ToString(CultureInfo.InvariantCulture));
            stage.Expect(!ready.IsSuccessStatusCode, "the API says that it is not ready");
        }

        var refused = await desk.TryCreateAsync("drill-failover", Payer, "NW-SLOW", "10.00", null, cancellationToken);
        stage.Expect(refused.MayBeRepeated, "a new request is not acknowledged");
        await Task.Delay(Down, cancellationToken);
        await postgres.StartServerAsync(cancellationToken);
        stage.Happens("PostgreSQL is back, after its own recovery");

        stage.Scene("Nobody does anything");
        foreach (var settlement in settlements)
            await desk.WaitAsync(settlement, seen => seen.HasEnded, cancellationToken);
        var settled = await environment.ScalarAsync<long>("SELECT count(*) FROM settlement.settlement_transactions WHERE status = 'SETTLED'", cancellationToken);
        stage.Expect(settled == Payments, "all of them settle");
        stage.Expect(await ExecutionsAsync(environment, "NW-SLOW", cancellationToken) == Payments, "the bank has executed each once");
        var repeated = await desk.TryCreateAsync("drill-failover", Payer, "NW-SLOW", "10.00", null, cancellationToken);
        stage.Expect(repeated.Taken, "the refused request is taken when it comes again");
        await desk.WaitAsync(new Case(Guid.Parse(repeated.Member("settlement_id")), repeated.Member("reference")), seen => seen.HasEnded, cancellationToken);
    }
}
