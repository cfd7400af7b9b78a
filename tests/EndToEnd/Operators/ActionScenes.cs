using System.Text.Json.Nodes;
using Settlement.AppHost.Launch;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>For every action: the stage that it is for, and the words at each door.</summary>
internal static partial class ActionScenes
{
    /// <summary>Sets the stage for an action, by its name.</summary>
    public static IReadOnlyDictionary<string, Func<ActionStage, Task<ActionScene>>> All { get; } = new Dictionary<string, Func<ActionStage, Task<ActionScene>>>
    {
        [SettlementNames.RetryUpdate] = async stage => OnSettlement(await stage.AwaitingRetryAsync(), "retry") with { Until = "settled" },
        [SettlementNames.CancelUpdate] = async stage => OnSettlement(await stage.AwaitingRetryAsync(), "cancel") with { Until = "cancelled" },
        [SettlementNames.RetryCompensationUpdate] = async stage => OnSettlement(await stage.RecallFailingAsync(), "retry-compensation") with { Until = "cancelled" },
        [SettlementNames.ExtendDeadlineUpdate] = ExtendDeadlineAsync,
        [SettlementNames.PauseUpdate] = async stage => OnSettlement(await stage.AwaitingRetryAsync(), "pause"),
        [SettlementNames.ResumeUpdate] = ResumeAsync,
        [SettlementNames.ApproveUpdate] = async stage => Approval(stage, await stage.AwaitingApprovalAsync(), "approve") with { Until = "settled" },
        [SettlementNames.RejectUpdate] = async stage => Approval(stage, await stage.AwaitingApprovalAsync(), "reject") with { Until = "failed" },
        [SettlementNames.ResolveUpdate] = async stage => Resolution(stage, await stage.OutcomeUnknownAsync()) with { Until = "settled" },
        [OperationNames.ReturnPayment] = ReturnAsync,
        [OperationNames.AssignCase] = AssignAsync,
        [OperationNames.CloseCase] = async stage => Closing(stage, await stage.WithCaseAsync()),
        [OperationNames.SetSwitch] = stage => Task.FromResult(Switch(stage)),
        [OperationNames.ExtendWindow] = stage => Task.FromResult(Extension(stage)),
        [OperationNames.PublishWindow] = stage => Task.FromResult(Window(stage)),
        [OperationNames.PublishCalendar] = stage => Task.FromResult(Calendar(stage)),
        [OperationNames.TriggerJob] = stage => Task.FromResult(Trigger(stage)),
        [OperationNames.PauseJob] = stage => Task.FromResult(Pause(stage)),
        [OperationNames.RestoreSettlement] = RestoreAsync,
        [OperationNames.ReviveSettlement] = ReviveAsync,
        [OperationNames.EndOrphan] = EndOrphanAsync,
    };

    /// <summary>An approver's decision: the API draws and uses the ticket in one go, the command line brings one.</summary>
    public static ActionScene Approval(ActionStage stage, (string Id, string Reference) settlement, string action) => OnSettlement(settlement, action) with
    {
        Operator = DemoUsers.Approver,
        Ticket = reason => stage.TicketAsync($"/settlements/{settlement.Id}/tickets", new { Action = action, Reason = reason }),
    };

    /// <summary>What an operator found out at the bank.</summary>
    public static ActionScene Resolution(ActionStage stage, (string Id, string Reference) settlement)
    {
        JsonObject Words() => new() { ["outcome"] = "confirmed", ["evidence"] = "camt.053 entry 17" };
        return OnSettlement(settlement, "resolve") with
        {
            Body = Words(), Input = Words(), TicketInBody = true,
            Ticket = reason => stage.TicketAsync($"/settlements/{settlement.Id}/tickets", new { Action = "resolve", Outcome = "confirmed", Reason = reason }),
        };
    }

    /// <summary>The end of a case.</summary>
    public static ActionScene Closing(ActionStage stage, ((string Id, string Reference) Settlement, string Case) drift) =>
        new(DemoUsers.Operator, HttpMethod.Post, $"/api/v1/cases/{drift.Case}/close")
        {
            Settlement = drift.Settlement,
            Body = new JsonObject { ["evidence"] = "camt.053 entry 3" },
            Input = new JsonObject { ["case_id"] = drift.Case, ["evidence"] = "camt.053 entry 3" },
            TicketInBody = true,
            Ticket = reason => stage.TicketAsync($"/api/v1/cases/{drift.Case}/tickets", new { Reason = reason }),
            Effect = () => stage.TextAsync("SELECT state FROM settlement.cases WHERE case_id = $1", Guid.Parse(drift.Case)),
            Expected = "RESOLVED",
        };

    private static ActionScene OnSettlement((string Id, string Reference) settlement, string action) =>
        new(DemoUsers.Operator, HttpMethod.Post, $"/settlements/{settlement.Id}/{action}") { Settlement = settlement };

    private static async Task<ActionScene> ExtendDeadlineAsync(ActionStage stage)
    {
        var until = DateTimeOffset.UtcNow.AddDays(10).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var settlement = await stage.AwaitingRetryAsync();
        // The state is in the books a moment before the wait, and with it the deadline, begins.
        await ActionStage.EventuallyAsync(async () => (await ViewAsync(stage, settlement.Reference)).Deadline is not null);
        return OnSettlement(settlement, "extend-deadline") with
        {
            Body = new JsonObject { ["until"] = until }, Input = new JsonObject { ["until"] = until },
            Effect = async () => (await ViewAsync(stage, settlement.Reference)).Deadline == DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture) ? "moved" : "not moved",
            Expected = "moved",
        };
    }

    private static async Task<ActionScene> ResumeAsync(ActionStage stage)
    {
        var settlement = await stage.AwaitingRetryAsync();
        await stage.Doors.ByApiAsync(OnSettlement(settlement, "pause"), "so that it can be resumed", Guid.NewGuid().ToString("N"));
        return OnSettlement(settlement, "resume") with { Effect = async () => (await ViewAsync(stage, settlement.Reference)).Paused ? "paused" : "goes on", Expected = "goes on" };
    }

    private static async Task<ActionScene> ReturnAsync(ActionStage stage)
    {
        var settlement = await stage.SettledAsync();
        return OnSettlement(settlement, "return") with
        {
            Input = new JsonObject { ["settlement_id"] = settlement.Id },
            Effect = () => stage.TextAsync("SELECT concat_ws(' ', status, amount_minor, created_by) FROM settlement.settlement_transactions WHERE returns_settlement_id = $1", Guid.Parse(settlement.Id)),
            Expected = $"AWAITING_APPROVAL 1234 {DemoUsers.Operator}",
        };
    }

    private static async Task<ActionScene> AssignAsync(ActionStage stage)
    {
        var (settlement, one) = await stage.WithCaseAsync();
        return new ActionScene(DemoUsers.Operator, HttpMethod.Post, $"/api/v1/cases/{one}/assign")
        {
            Settlement = settlement,
            Body = new JsonObject { ["owner"] = "nora" },
            Input = new JsonObject { ["case_id"] = one, ["owner"] = "nora" },
            Effect = () => stage.TextAsync("SELECT owner FROM settlement.cases WHERE case_id = $1", Guid.Parse(one)),
            Expected = "nora",
        };
    }

    private static async Task<ActionScene> RestoreAsync(ActionStage stage)
    {
        var settlement = await stage.ArchivedAsync();
        return OnSettlement(settlement, "restore") with
        {
            Input = new JsonObject { ["settlement_id"] = settlement.Id },
            Effect = () => stage.TextAsync(
                "SELECT (s.archived_as_of IS NULL AND a.restored_as_of IS NOT NULL)::text FROM settlement.settlement_transactions s JOIN archive.settlements a USING (settlement_id) WHERE settlement_id = $1",
                Guid.Parse(settlement.Id)),
            Expected = "true",
        };
    }

    private static async Task<ActionScene> ReviveAsync(ActionStage stage)
    {
        var settlement = await stage.AwaitingRetryAsync();
        var workflow = $"settlement-{settlement.Reference}";
        await stage.Temporal.GetWorkflowHandle(workflow).TerminateAsync("a mistake");
        return OnSettlement(settlement, "revive") with
        {
            Input = new JsonObject { ["settlement_id"] = settlement.Id },
            Effect = () => stage.WorkflowStatusAsync(workflow),
            Expected = "Running",
        };
    }

    private static async Task<ActionScene> EndOrphanAsync(ActionStage stage)
    {
        var workflow = await stage.StrayWorkflowAsync();
        return new ActionScene(DemoUsers.Admin, HttpMethod.Post, $"/api/v1/orphans/{workflow}/end")
        {
            Input = new JsonObject { ["workflow_id"] = workflow },
            Effect = () => stage.WorkflowStatusAsync(workflow),
            Expected = "Terminated",
        };
    }

    private static async Task<SettlementView> ViewAsync(ActionStage stage, string reference) =>
        await stage.Temporal.GetWorkflowHandle<ISettlementWorkflow>($"settlement-{reference}").QueryAsync(workflow => workflow.Status());
}
