using System.Text.Json.Nodes;
using Settlement.AppHost.Samples;
using Settlement.AppHost.Temporal;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Money;

/// <summary>A drill on a private environment with one customer's account; ends with the proof of the books.</summary>
internal abstract class MoneyDrill : IDrill
{
    /// <summary>The customer's account of every drill.</summary>
    protected const string Payer = "ACME-USD";

    /// <summary>What it is opened with.</summary>
    protected const string Opening = "10000.00";

    /// <summary>Short timings, so that minutes of waiting pass in seconds; everything else is as in production.</summary>
    protected static JsonObject Quick => new()
    {
        ["confirmation_timeout_seconds"] = 5,
        ["bank_call_timeout_seconds"] = 2,
        ["first_enquiry_seconds"] = 0.5,
        ["max_enquiry_interval_seconds"] = 1,
        ["outcome_deadline_seconds"] = 3,
        ["compensation_backoff_seconds"] = 1,
        ["max_compensation_backoff_seconds"] = 5,
        ["retry_attempts"] = 0,
    };

    public abstract string Name { get; }

    public abstract string Purpose { get; }

    public async Task RunAsync(DrillStage stage, CancellationToken cancellationToken)
    {
        stage.Scene("A private environment: PostgreSQL, Temporal, bank, worker and API of this drill alone");
        await using var environment = await StartAsync(stage, cancellationToken);
        await environment.OpenAccountsAsync([new SampleAccount(Id: Payer, Currency: "USD", OpeningBalance: Opening, Name: "Acme Treasury")], cancellationToken);
        stage.Happens($"account {Payer} has {Opening} USD; $API is {environment.Api.Address}");
        var desk = new OperatorDesk(stage, environment);
        await PlayAsync(stage, environment, desk, cancellationToken);
        stage.Scene("The proof");
        stage.Expect((await desk.ProveAsync(cancellationToken)).Count == 0, "the books prove out");
    }

    /// <summary>The environment that the drill plays in.</summary>
    protected virtual Task<PrivateEnvironment> StartAsync(DrillStage stage, CancellationToken cancellationToken) =>
        PrivateEnvironment.StartAsync(stage.Folder, TemporalChoice.Resolve(stage.Arguments.Temporal), null, cancellationToken);

    protected abstract Task PlayAsync(DrillStage stage, PrivateEnvironment environment, OperatorDesk desk, CancellationToken cancellationToken);

    /// <summary>A script for the bank, in its own words.</summary>
    protected static JsonNode Steps(string json) => JsonNode.Parse(json)!;

    /// <summary>How often the bank moved money to this account.</summary>
    protected static async Task<int> ExecutionsAsync(PrivateEnvironment environment, string creditor, CancellationToken cancellationToken) =>
        (await environment.Bank.PaymentsAsync(creditor, cancellationToken)).Sum(payment => payment.View.Executions);
}
