using System.Net;
using System.Text.Json.Nodes;
using Settlement.AppHost.Launch;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Simulation;

/// <summary>The callers of the simulation: each asks with one key until it is answered, and some ask twice at once.</summary>
internal sealed class Submitter(PrivateEnvironment environment, ClockEdges edges, EventLog log, int seed)
{
    /// <summary>Every so many requests are sent twice at once with the same key, as impatient clients do.</summary>
    private const int Impatient = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private int accepted;

    /// <summary>How many requests have been accepted.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    /// <summary>Sets the bank's script where the payment has one of its own, and asks until the API accepts.</summary>
    /// <exception cref="InvalidOperationException">The API refuses for good: the plan holds nothing that it should refuse.</exception>
    public async Task<Operators.Item> SubmitAsync(SimulatedSettlement settlement, CancellationToken cancellationToken)
    {
        if (settlement.Manner is { Alone: true } manner)
            await UntilReachedAsync(() => environment.Bank.ScriptAsync(settlement.Creditor, manner.Script()!, cancellationToken), cancellationToken);
        var body = Body(settlement).ToJsonString();
        var answers = await Task.WhenAll(Enumerable.Range(0, settlement.Number % Impatient == 0 ? 2 : 1).Select(_ => AskAsync(settlement, body, cancellationToken)));
        Interlocked.Increment(ref accepted);
        return answers[0];
    }

    private async Task<Operators.Item> AskAsync(SimulatedSettlement settlement, string body, CancellationToken cancellationToken)
    {
        var key = FormattableString.Invariant($"sim-{seed}-{settlement.Number:D6}");
        while (true)
        {
            if (await TryAskAsync(key, body, cancellationToken) is { } answer)
            {
                var id = Guid.Parse(answer.Member("settlement_id"));
                log.Write("accepted", ("key", key), ("settlement_id", id.ToString()), ("debtor", settlement.Account), ("currency", settlement.Currency), ("amount", settlement.Amount));
                return new Operators.Item(id, answer.Member("reference"), "pending", null, settlement.Creditor, 1);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<ApiAnswer?> TryAskAsync(string key, string body, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await environment.Api.PostAsync(DemoUsers.Starter, "settlements", JsonNode.Parse(body)!, cancellationToken, key);
            if (answer.Status == HttpStatusCode.Accepted)
                return answer;
            log.Write("asked", ("key", key), ("status", answer.Status.ToString()), ("type", answer.Type));
            return answer.MayBeRepeated ? null : throw new InvalidOperationException($"The API refuses {key}: {(int)answer.Status} {answer.Text}");
        }
        catch (Exception error) when (Unanswered.Is(error, cancellationToken))
        {
            // Whether it was taken is not known; the same key makes asking again harmless.
            log.Write("asked", ("key", key), ("status", "none"), ("type", error.GetType().Name));
            return null;
        }
    }

    private JsonObject Body(SimulatedSettlement settlement) => new()
    {
        ["kind"] = "cash",
        ["debtor_account_id"] = settlement.Account,
        ["creditor"] = new JsonObject { ["bank"] = PrivateEnvironment.BankName, ["account"] = settlement.Creditor, ["name"] = "Simulated creditor" },
        ["amount"] = settlement.Amount,
        ["currency"] = settlement.Currency,
        ["rail"] = edges.RailOf(settlement.Edge),
        ["calendars"] = new JsonArray("SAMPLE-24X7"),
        ["timeouts"] = new JsonObject
        {
            ["confirmation_timeout_seconds"] = 4,
            ["bank_call_timeout_seconds"] = 1.5,
            ["first_enquiry_seconds"] = 0.7,
            ["max_enquiry_interval_seconds"] = 3,
            ["outcome_deadline_seconds"] = 4,
            ["retry_attempts"] = 2,
            ["retry_delay_seconds"] = 0.5,
            ["approval_timeout_seconds"] = 600,
            ["compensation_backoff_seconds"] = 1,
            ["max_compensation_backoff_seconds"] = 4,
        },
    };

    private static async Task UntilReachedAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception error) when (Unanswered.Is(error, cancellationToken))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
