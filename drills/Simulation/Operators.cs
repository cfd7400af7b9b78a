using System.Text.Json;
using System.Text.Json.Nodes;
using Settlement.AppHost.Launch;
using Settlement.Drills.Environments;
using Settlement.Workflows.Contracts;
using Temporalio.Client;

namespace Settlement.Drills.Simulation;

/// <summary>
/// The operators of the simulation: several at once, each going through what needs attention and acting on what the bank's books say, from the
/// API or by workflow update. They race for the same settlements; that all but one are refused is part of it.
/// </summary>
internal sealed class Operators(PrivateEnvironment environment, EventLog log, int seed)
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(400);

    /// <summary>So long must a payment be missing from the bank's books before an operator believes that the bank never had it.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(3);

    /// <summary>States in which a settlement may wait without needing attention.</summary>
    private static readonly string[] Waiting = ["pending", "scheduled", "funds_locked", "awaiting_retry"];

    private readonly Random random = new(seed);
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, DateTimeOffset> missingSince = [];
    private volatile bool closing;

    /// <summary>From now on, what waits for another day is cancelled, so that the run can end.</summary>
    public void Close() => closing = true;

    /// <summary>Works until it is told to stop. Who cannot be reached is tried again in the next round.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (Unanswered.Is(error, cancellationToken))
            {
                log.Write("operator_waits", ("because", error.GetType().Name));
            }

            await Task.Delay(Round, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One action of an operator's own accord, until it is answered.</summary>
    public Task PerformAsync(Item item, string action, string update, string reason, CancellationToken cancellationToken) =>
        Draw(3) == 0 ? ByWorkflowAsync(item, update, reason, cancellationToken) : ByApiAsync(item, action, new JsonObject { ["reason"] = reason }, cancellationToken);

    /// <summary>Planned actions of many settlements share this operator.</summary>
    private int Draw(int below)
    {
        lock (gate)
            return random.Next(below);
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        var items = await ListAsync("needs_attention=true", cancellationToken);
        foreach (var status in closing ? Waiting : [])
            items.AddRange(await ListAsync($"status={status}", cancellationToken));
        foreach (var item in items.OrderBy(_ => Draw(int.MaxValue)).Where(item => !item.HasEnded && Draw(10) < 7))
            await HandleAsync(item, cancellationToken);
    }

    private Task HandleAsync(Item item, CancellationToken cancellationToken) => (item.Reason, item.Status) switch
    {
        (_, "scheduled") when closing => PerformAsync(item, "cancel", SettlementNames.CancelUpdate, "waits for another day", cancellationToken),
        ("outcome_unknown", "outcome_unknown") => ResolveAsync(item, cancellationToken),
        // A recall that does not get through because the bank never had the payment leaves the same question open; being newer, it is what the list names.
        ("compensation_failing", "outcome_unknown") when Draw(2) == 0 => ResolveAsync(item, cancellationToken),
        ("retries_exhausted", _) when item.Attempt < 3 && Draw(2) == 0 => PerformAsync(item, "retry", SettlementNames.RetryUpdate, "the cause is mended", cancellationToken),
        ("retries_exhausted", _) => PerformAsync(item, "cancel", SettlementNames.CancelUpdate, "not worth another attempt", cancellationToken),
        ("compensation_failing", _) => PerformAsync(item, "retry-compensation", SettlementNames.RetryCompensationUpdate, "try again now", cancellationToken),
        ("recall_open", _) => DecideAtBankAsync(item, cancellationToken),
        ("approval_required" or "compliance_hit", _) => ApproveAsync(item, cancellationToken),
        // A pause whose answer was lost may have been taken after its resumption was refused.
        (_, "pending" or "funds_locked" or "awaiting_retry") when closing => PerformAsync(item, "resume", SettlementNames.ResumeUpdate, "go on", cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task ResolveAsync(Item item, CancellationToken cancellationToken)
    {
        if (await UetrAsync(item, cancellationToken) is not { } uetr)
            return;
        var payment = await environment.Bank.FindAsync(item.Creditor, uetr, cancellationToken);
        if (payment is { Status: "ACSP" })
        {
            await DecideAtBankAsync(item, cancellationToken);
            return;
        }

        var moved = payment is { Executions: > 0 };
        if (payment is null && !IsMissingForLong(item))
            return;
        // Now and then an operator misreads the books: what the bank confirms afterwards must then turn up in suspense.
        var outcome = moved && !item.Creditor.StartsWith("SIM-MISJUDGED", StringComparison.Ordinal) ? "confirmed" : "not_executed";
        var ticket = await environment.Api.PostAsync(
            DemoUsers.Approver, $"settlements/{item.Id}/tickets", new JsonObject { ["action"] = "resolve", ["outcome"] = outcome, ["reason"] = "seen the books" }, cancellationToken);
        if (!ticket.Taken)
            return;
        var body = new JsonObject { ["reason"] = "the bank's books", ["outcome"] = outcome, ["evidence"] = $"books of the bank: {payment?.Status ?? "nothing"}", ["ticket"] = ticket.Member("ticket") };
        await ByApiAsync(item, "resolve", body, cancellationToken);
    }

    private bool IsMissingForLong(Item item)
    {
        var now = DateTimeOffset.UtcNow;
        if (missingSince.TryGetValue(item.Id, out var since))
            return now - since > Doubt;
        missingSince[item.Id] = now;
        return false;
    }

    private async Task DecideAtBankAsync(Item item, CancellationToken cancellationToken)
    {
        if (await UetrAsync(item, cancellationToken) is { } uetr)
            await environment.Bank.DecideAsync(uetr, Draw(2) == 0 ? "settle" : "reject", cancellationToken);
    }

    private Task ApproveAsync(Item item, CancellationToken cancellationToken) =>
        ByApiAsync(item, Draw(5) == 0 ? "reject" : "approve", new JsonObject { ["reason"] = "looked at it" }, cancellationToken, DemoUsers.Approver);

    private async Task ByApiAsync(Item item, string action, JsonObject body, CancellationToken cancellationToken, string user = DemoUsers.Operator)
    {
        var answer = await environment.Api.PostAsync(user, $"settlements/{item.Id}/{action}", body, cancellationToken);
        log.Write("action", ("settlement_id", item.Id.ToString()), ("action", action), ("status", ((int)answer.Status).ToString(System.Globalization.CultureInfo.InvariantCulture)), ("type", answer.Type));
    }

    private async Task ByWorkflowAsync(Item item, string update, string reason, CancellationToken cancellationToken)
    {
        var input = new OperatorAction { Operator = DemoUsers.Operator, Reason = reason, RequestId = Guid.NewGuid().ToString("N") };
        var answer = "taken";
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            await environment.Temporal.GetWorkflowHandle($"settlement-{item.Reference}")
                .ExecuteUpdateAsync<OperatorReply>(update, [input], new WorkflowUpdateOptions { Rpc = new RpcOptions { CancellationToken = limit.Token } });
        }
        catch (Exception refused) when (Unanswered.Is(refused, cancellationToken))
        {
            answer = refused.InnerException?.Message ?? refused.Message;
        }

        log.Write("update", ("settlement_id", item.Id.ToString()), ("update", update), ("answer", answer));
    }

    private async Task<string?> UetrAsync(Item item, CancellationToken cancellationToken)
    {
        await using var command = environment.Database.CreateCommand("""
            SELECT uetr::text FROM settlement.bank_instructions WHERE settlement_id = $1 AND kind = 'PAYMENT' ORDER BY attempt DESC LIMIT 1
            """);
        command.Parameters.Add(new() { Value = item.Id });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private async Task<List<Item>> ListAsync(string filter, CancellationToken cancellationToken)
    {
        var answer = await environment.Api.GetAsync(DemoUsers.Operator, $"settlements?{filter}&limit=200", cancellationToken);
        return answer is { Taken: true, Body: { } body } ? [.. body.GetProperty("data").EnumerateArray().Select(Item.Of)] : [];
    }

    /// <summary>A settlement as the API lists it.</summary>
    internal sealed record Item(Guid Id, string Reference, string Status, string? Reason, string Creditor, int Attempt)
    {
        public bool HasEnded => Status is "settled" or "failed" or "cancelled";

        public static Item Of(JsonElement row) => new(
            row.GetProperty("settlement_id").GetGuid(),
            row.GetProperty("reference").GetString()!,
            row.GetProperty("status").GetString()!,
            row.TryGetProperty("attention_reason", out var reason) ? reason.GetString() : null,
            row.GetProperty("creditor").GetProperty("account").GetString()!,
            row.GetProperty("attempt").GetInt32());
    }
}

/// <summary>What operators do to a settlement of their own accord, once, at the time that the plan gives. A refusal is an answer.</summary>
internal sealed class PlannedActions(Operators operators, EventLog log)
{
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(700);

    public async Task DoAsync(SimulatedSettlement settlement, Operators.Item item, CancellationToken cancellationToken)
    {
        if (settlement.Action == PlannedActionKind.None)
            return;
        await Task.Delay(settlement.ActAfterMilliseconds, cancellationToken);
        switch (settlement.Action)
        {
            case PlannedActionKind.PauseAndResume:
                await TryAsync(item, "pause", SettlementNames.PauseUpdate, cancellationToken);
                await Task.Delay(Hold, cancellationToken);
                await TryAsync(item, "resume", SettlementNames.ResumeUpdate, cancellationToken);
                break;
            case PlannedActionKind.CancelTwice:
                await Task.WhenAll(TryAsync(item, "cancel", SettlementNames.CancelUpdate, cancellationToken), TryAsync(item, "cancel", SettlementNames.CancelUpdate, cancellationToken));
                break;
            default:
                await TryAsync(item, "cancel", SettlementNames.CancelUpdate, cancellationToken);
                break;
        }
    }

    private async Task TryAsync(Operators.Item item, string action, string update, CancellationToken cancellationToken)
    {
        try
        {
            await operators.PerformAsync(item, action, update, "the plan says so", cancellationToken);
        }
        catch (Exception error) when (Unanswered.Is(error, cancellationToken))
        {
            // Nobody was there to be asked: this operator leaves it at that.
            log.Write("action_unanswered", ("settlement_id", item.Id.ToString()), ("action", action), ("because", error.GetType().Name));
        }
    }
}
