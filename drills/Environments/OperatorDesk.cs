using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Settlement.AppHost.Books;
using Settlement.AppHost.Launch;

namespace Settlement.Drills.Environments;

/// <summary>
/// Where the people of a drill sit. Whatever they do is told as the command that does it, and done by the same call: the requests are those
/// that the curl lines would send.
/// </summary>
internal sealed class OperatorDesk(DrillStage stage, PrivateEnvironment environment)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);

    /// <summary>So long a drill waits for anything; a slow machine must not make it lie.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private int requests;

    /// <summary>Asks for a settlement as Sam does. The bank's behaviour hangs on the creditor's account.</summary>
    public async Task<Case> CreateAsync(string debtor, string creditor, string amount, JsonObject? timeouts, CancellationToken cancellationToken, string? valueDate = null)
    {
        var key = FormattableString.Invariant($"drill-{Interlocked.Increment(ref requests):D4}");
        var answer = await TryCreateAsync(key, debtor, creditor, amount, timeouts, cancellationToken, valueDate);
        return answer.Taken ? new Case(Guid.Parse(answer.Member("settlement_id")), answer.Member("reference")) : throw new InvalidOperationException($"The API refused: {answer.Text}");
    }

    /// <summary>The same with a key of the caller's choice, whatever the answer is.</summary>
    public async Task<ApiAnswer> TryCreateAsync(
        string key, string debtor, string creditor, string amount, JsonObject? timeouts, CancellationToken cancellationToken, string? valueDate = null)
    {
        var body = new JsonObject
        {
            ["kind"] = "cash",
            ["debtor_account_id"] = debtor,
            ["creditor"] = new JsonObject { ["bank"] = PrivateEnvironment.BankName, ["account"] = creditor, ["name"] = "Northwind Parts", ["country"] = "US" },
            ["amount"] = amount,
            ["currency"] = "USD",
            ["rail"] = "SAMPLE-24X7",
            ["calendars"] = new JsonArray("SAMPLE-24X7"),
        };
        if (valueDate is not null)
            body["value_date"] = valueDate;
        if (timeouts is not null)
            body["timeouts"] = timeouts.DeepClone();
        stage.Does($"curl -s -X POST $API/settlements -H \"Authorization: Bearer $SAM\" -H 'Idempotency-Key: {key}' -H 'Content-Type: application/json' -d '{body.ToJsonString()}'");
        var answer = await environment.Api.PostAsync(DemoUsers.Starter, "settlements", body, cancellationToken, key);
        stage.Output(Shown(answer));
        return answer;
    }

    /// <summary>What the settlement looks like now.</summary>
    public async Task<Seen> GetAsync(Case settlement, CancellationToken cancellationToken)
    {
        var answer = await environment.Api.GetAsync(DemoUsers.Operator, $"settlements/{settlement.Id}", cancellationToken);
        return answer is { Taken: true, Body: { } body } ? Seen.Of(body) : throw new HttpRequestException($"GET /settlements/{settlement.Id} answered {(int)answer.Status} {answer.Text}");
    }

    /// <summary>Waits until the settlement looks so, and says what it looks like then; after two minutes it gives up.</summary>
    public async Task<Seen> WaitAsync(Case settlement, Func<Seen, bool> until, CancellationToken cancellationToken)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            try
            {
                var seen = await GetAsync(settlement, cancellationToken);
                if (until(seen) || DateTimeOffset.UtcNow > end)
                {
                    stage.Happens($"{settlement.Reference} is {seen}");
                    return seen;
                }
            }
            catch (Exception error) when (Unanswered.Is(error, cancellationToken) && DateTimeOffset.UtcNow < end)
            {
                // A drill takes things down on purpose; looking again is all there is to do.
                await Task.Yield();
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>Lists what needs a person, as an operator's first look does.</summary>
    public async Task ListAttentionAsync(CancellationToken cancellationToken)
    {
        stage.Does("curl -s \"$API/settlements?needs_attention=true\" -H \"Authorization: Bearer $OLGA\"      # or: temporal workflow list --query 'NeedsAttention = true'");
        var answer = await environment.Api.GetAsync(DemoUsers.Operator, "settlements?needs_attention=true", cancellationToken);
        foreach (var row in answer.Body!.Value.GetProperty("data").EnumerateArray())
            stage.Output($"{row.GetProperty("reference").GetString()}  {Seen.Of(row)}");
    }

    /// <summary>One action: <c>retry</c>, <c>cancel</c>, <c>retry-compensation</c>, <c>approve</c>…; the answer, taken or refused.</summary>
    public async Task<ApiAnswer> PerformAsync(Case settlement, string action, string reason, CancellationToken cancellationToken, string user = DemoUsers.Operator, JsonObject? more = null)
    {
        var body = more is null ? [] : (JsonObject)more.DeepClone();
        body["reason"] = reason;
        stage.Does($"curl -s -X POST $API/settlements/{settlement.Id}/{action} -H \"Authorization: Bearer ${user.ToUpperInvariant()}\" -H 'Content-Type: application/json' -d '{Concealed(body)}'");
        var answer = await environment.Api.PostAsync(user, $"settlements/{settlement.Id}/{action}", body, cancellationToken);
        stage.Output(Shown(answer));
        return answer;
    }

    /// <summary>Two people say what became of an instruction: the approver draws a ticket, the operator uses it.</summary>
    public async Task<ApiAnswer> ResolveAsync(Case settlement, string outcome, string evidence, CancellationToken cancellationToken)
    {
        var ticket = await PerformAsync(settlement, "tickets", "statement checked", cancellationToken, DemoUsers.Approver, new JsonObject { ["action"] = "resolve", ["outcome"] = outcome });
        if (!ticket.Taken)
            return ticket;
        return await PerformAsync(settlement, "resolve", "seen on the statement", cancellationToken, more: new JsonObject
        {
            ["outcome"] = outcome, ["evidence"] = evidence, ["ticket"] = ticket.Member("ticket"),
        });
    }

    /// <summary>The settlement's history, line by line.</summary>
    public async Task HistoryAsync(Case settlement, CancellationToken cancellationToken)
    {
        stage.Does($"curl -s $API/settlements/{settlement.Id}/history -H \"Authorization: Bearer $OLGA\" | jq -r '.data[] | \"\\(.at) \\(.to_status) \\(.actor) \\(.reason)\"'");
        var answer = await environment.Api.GetAsync(DemoUsers.Operator, $"settlements/{settlement.Id}/history?limit=200", cancellationToken);
        foreach (var row in answer.Body!.Value.GetProperty("data").EnumerateArray())
            stage.Output($"{row.GetProperty("at").GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {row.GetProperty("to_status").GetString(),-19} {row.GetProperty("actor").GetString(),-7} {row.GetProperty("reason").GetString()}");
    }

    /// <summary>Posted and held balance of an account, as shown to its owner.</summary>
    public async Task<(string Posted, string Held)> BalanceAsync(string account, CancellationToken cancellationToken)
    {
        stage.Does($"curl -s $API/api/v1/accounts/{account} -H \"Authorization: Bearer $OLGA\"");
        var answer = await environment.Api.GetAsync(DemoUsers.Operator, $"api/v1/accounts/{account}", cancellationToken);
        stage.Output($"posted {answer.Member("posted")}, held {answer.Member("held")}");
        return (answer.Member("posted"), answer.Member("held"));
    }

    /// <summary>Tries a statement against the database by hand; null if it was done, else why it was refused.</summary>
    public async Task<string?> SqlAsync(string sql, CancellationToken cancellationToken)
    {
        stage.Does($"psql \"$DATABASE_URL\" -c \"{sql}\"");
        try
        {
            await using var command = environment.Database.CreateCommand(sql);
            stage.Output($"{await command.ExecuteNonQueryAsync(cancellationToken)} rows");
            return null;
        }
        catch (PostgresException refused)
        {
            stage.Output($"ERROR:  {refused.MessageText} (SQLSTATE {refused.SqlState})");
            return refused.MessageText;
        }
    }

    /// <summary>Proves the books: what was found, told.</summary>
    public async Task<IReadOnlyList<string>> ProveAsync(CancellationToken cancellationToken)
    {
        stage.Does("./prove");
        var report = await BooksProof.ProveAsync(environment.Environment, cancellationToken);
        stage.Output(report.Holds ? "The books prove out." : string.Join('\n', report.Breaches.Select(breach => $"BREACH {breach}")));
        return [.. report.Breaches.Select(breach => breach.ToString())];
    }

    private static string Shown(ApiAnswer answer) => $"{(int)answer.Status} {Concealed(answer.Body is { } body ? JsonNode.Parse(body.GetRawText()) as JsonObject : null) ?? answer.Text}";

    /// <summary>A ticket is spent once and lives minutes, and is shown to nobody all the same.</summary>
    private static string? Concealed(JsonObject? body)
    {
        if (body is null)
            return null;
        var shown = (JsonObject)body.DeepClone();
        if (shown.ContainsKey("ticket"))
            shown["ticket"] = "…";
        return shown.ToJsonString(Readable);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>The settlement that a drill is about.</summary>
internal sealed record Case(Guid Id, string Reference)
{
    public string WorkflowId => $"settlement-{Reference}";
}

/// <summary>What <c>GET /settlements/{id}</c> shows of a settlement.</summary>
internal sealed record Seen(string Status, bool NeedsAttention, string? AttentionReason, int Attempt, string? Failure)
{
    public bool HasEnded => Status is "settled" or "failed" or "cancelled";

    public static Seen Of(JsonElement row) => new(
        row.GetProperty("status").GetString()!,
        row.GetProperty("needs_attention").GetBoolean(),
        Text(row, "attention_reason"),
        row.GetProperty("attempt").GetInt32(),
        Text(row, "failure"));

    public override string ToString() =>
        Status.ToUpperInvariant()
        + (NeedsAttention ? $", needs attention: {AttentionReason?.ToUpperInvariant()}" : "")
        + (Failure is null ? "" : $", {Failure.ToUpperInvariant()}");

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
