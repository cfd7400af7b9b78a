using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Client;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>A running environment with its people, and settlements in the states that actions are for.</summary>
internal sealed class ActionStage : IAsyncDisposable
{
    private readonly SettlementEnvironment environment;
    private readonly ApiClient api;

    private ActionStage(SettlementEnvironment environment, ITemporalClient temporal)
    {
        this.environment = environment;
        api = new ApiClient(environment.ApiAddress, environment.Secrets.UserPassword, TimeSpan.FromSeconds(100));
        Temporal = temporal;
        Books = SettlementDatabase.CreateDataSource(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        Doors = new ActionDoors(environment, Caller);
    }

    public ActionDoors Doors { get; }

    public ITemporalClient Temporal { get; }

    /// <summary>The books as the cluster's superuser.</summary>
    public NpgsqlDataSource Books { get; }

    public ApiCaller Starter => Caller(DemoUsers.Starter);

    public ApiCaller Approver => Caller(DemoUsers.Approver);

    public static async Task<ActionStage> OpenAsync(SettlementEnvironment environment)
    {
        var stage = new ActionStage(environment, await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(environment.TemporalAddress)));
        await EnvironmentSamples.PublishScreeningListAsync(stage.Books, CancellationToken.None);
        return stage;
    }

    public Task<ActionTrace> TraceAsync(Cue cue) => ActionTrace.ReadAsync(Books, cue.Scene, cue.Reason, cue.RequestId);

    /// <summary>Refused by the bank for good, rolled back, and waiting for a person; the bank would take the next instruction.</summary>
    public Task<(string Id, string Reference)> AwaitingRetryAsync() =>
        StartAsync("awaiting_retry", [new { Outcome = "reject", ReasonCode = "AC04" }, new { Outcome = "settle" }]);

    /// <summary>The bank has executed, has not answered, and cannot say.</summary>
    public Task<(string Id, string Reference)> OutcomeUnknownAsync() =>
        StartAsync("outcome_unknown", [new { Outcome = "settle", Answer = "silence", Enquiry = "unavailable" }], bankCallTimeoutSeconds: 1);

    /// <summary>The creditor is on the screening list.</summary>
    public Task<(string Id, string Reference)> AwaitingApprovalAsync() => StartAsync("awaiting_approval", [new { Outcome = "settle" }], creditorName: "BLOCKED PERSON");

    public Task<(string Id, string Reference)> SettledAsync() => StartAsync("settled", [new { Outcome = "settle" }], calls: false);

    /// <summary>Its recall does not get through, and is next tried in ten minutes; meanwhile the bank's desk is back.</summary>
    public async Task<(string Id, string Reference)> RecallFailingAsync()
    {
        var creditor = Creditor();
        await ApiCaller.ScriptBankAsync(environment, creditor, new { Outcome = "hold", Recall = "unavailable" });
        var (id, reference) = await Starter.StartAsync(await ApiCaller.OpenAccountAsync(Books), creditor, compensationBackoffSeconds: 600);
        await Starter.WaitAsync(id, s => Status(s) == "transfer_initiated");
        await Caller(DemoUsers.Operator).PostAsync($"/settlements/{id}/cancel", new { Reason = "paid twice" });
        await Starter.WaitAsync(id, s => s.TryGetProperty("attention_reason", out var reason) && reason.GetString() == "compensation_failing");
        await ApiCaller.ScriptBankAsync(environment, creditor, new { Outcome = "hold", Recall = "by_books" });
        return (id, reference);
    }

    /// <summary>A settled payment whose drift against the bank's books somebody has noticed.</summary>
    public async Task<((string Id, string Reference) Settlement, string Case)> WithCaseAsync()
    {
        var settlement = await SettledAsync();
        await new StepRunner(Books).RunActionAsync(Guid.Parse(settlement.Id), new StepName("drift"), DateTimeOffset.UtcNow, step =>
        {
            step.Cases.Open(AttentionReason.ReconciliationBreak, """{"detail":"seen on the statement"}""");
            step.RaiseAttention(AttentionReason.ReconciliationBreak, Actor.System, "drift");
            return Task.FromResult(true);
        });
        return (settlement, await TextAsync("SELECT case_id::text FROM settlement.cases WHERE settlement_id = $1", Guid.Parse(settlement.Id)));
    }

    /// <summary>Settled, and put away as if it had ended long ago.</summary>
    public async Task<(string Id, string Reference)> ArchivedAsync()
    {
        var settlement = await SettledAsync();
        var archive = new SettlementArchive(Books);
        // Its events must be published and its audit sealed first, and younger events must follow; each takes the worker a second.
        await EventuallyAsync(async () =>
        {
            await SettledAsync();
            await archive.StoreAsync(DateTimeOffset.UtcNow.AddMinutes(1), DateTimeOffset.UtcNow);
            return await TextAsync("SELECT (archived_as_of IS NOT NULL)::text FROM settlement.settlement_transactions WHERE settlement_id = $1", Guid.Parse(settlement.Id)) == "true";
        });
        return settlement;
    }

    /// <summary>A settlement's workflow of which the books know nothing.</summary>
    public async Task<string> StrayWorkflowAsync()
    {
        var reference = SettlementReference.New(DateOnly.FromDateTime(DateTime.UtcNow));
        await Temporal.StartSettlementAsync(new SettlementRequest
        {
            SettlementId = Guid.CreateVersion7(), Reference = reference, Kind = SettlementKind.Cash, EntityId = DemoUsers.Entity, DebtorAccountId = "NOBODY", Bank = EnvironmentSamples.BankName,
            Currency = "USD", AmountMinor = 1, StartedBy = "nobody", RequestedAt = DateTimeOffset.UtcNow,
        });
        return SettlementReference.WorkflowId(reference);
    }

    public async Task<string> WorkflowStatusAsync(string workflowId) => (await Temporal.GetWorkflowHandle(workflowId).DescribeAsync()).Status.ToString();

    /// <summary>Draws a ticket in the approver's name.</summary>
    public async Task<string> TicketAsync(string path, object grant) => (await Approver.PostAsync(path, grant)).GetProperty("ticket").GetString()!;

    /// <summary>One value of the books as text; empty for null.</summary>
    public async Task<string> TextAsync(string sql, params object[] values)
    {
        await using var command = Books.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await Books.DisposeAsync();
    }

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(200, limit.Token);
    }

    private ApiCaller Caller(string user) => new(api, user);

    private async Task<(string Id, string Reference)> StartAsync(
        string until, object[] bank, bool calls = true, double bankCallTimeoutSeconds = 20, string creditorName = "Northwind")
    {
        var creditor = Creditor();
        await ApiCaller.ScriptBankAsync(environment, creditor, bank);
        var settlement = await Starter.StartAsync(await ApiCaller.OpenAccountAsync(Books), creditor, bankCallTimeoutSeconds, creditorName);
        await Starter.WaitAsync(settlement.Id, s => Status(s) == until && s.GetProperty("needs_attention").GetBoolean() == calls);
        return settlement;
    }

    private static string? Status(System.Text.Json.JsonElement settlement) => settlement.GetProperty("status").GetString();

    private static string Creditor() => "CRED-" + Guid.NewGuid().ToString("N")[..8];
}
