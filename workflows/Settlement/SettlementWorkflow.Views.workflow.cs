using System.Text;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Workflows;
using Keys = Settlement.Workflows.Contracts.SettlementSearchAttributes;

namespace Settlement.Workflows.Settlement;

/// <summary>What people see: queries, current details, and search attributes, upserted only when something changed.</summary>
public sealed partial class SettlementWorkflow
{
    private const int MaxSteps = 500;

    private static readonly string[] AllUpdates =
    [
        SettlementNames.RetryUpdate, SettlementNames.CancelUpdate, SettlementNames.ApproveUpdate, SettlementNames.RejectUpdate,
        SettlementNames.ResolveUpdate, SettlementNames.RetryCompensationUpdate, SettlementNames.ExtendDeadlineUpdate,
        SettlementNames.PauseUpdate, SettlementNames.ResumeUpdate,
    ];

    private readonly List<StepView> steps = [];
    private string? waitingFor;
    private string? failingStep;
    private (SettlementStatus Status, AttentionReason? Reason, DateTimeOffset? DueAt) shown = (SettlementStatus.Pending, null, null);

    /// <inheritdoc/>
    [WorkflowQuery(SettlementNames.StatusQuery)]
    public SettlementView Status() => new()
    {
        SettlementId = request.SettlementId,
        Reference = request.Reference,
        Status = UpperSnake.Lower(status),
        Since = since,
        Attempt = attempt,
        RetryCount = RetryCount,
        NeedsAttention = PresentAttention is not null,
        AttentionReason = PresentAttention is { } reason ? UpperSnake.Lower(reason) : null,
        Paused = paused,
        WaitingFor = waitingFor,
        Deadline = deadline,
        DueAt = schedule?.DueAt,
        Uetr = instruction?.Uetr,
        Runs = runs,
        AllowedActions = [.. AllowedUpdates()],
    };

    /// <inheritdoc/>
    [WorkflowQuery(SettlementNames.StepsQuery)]
    public IReadOnlyList<StepView> Steps() => steps;

    private IEnumerable<string> AllowedUpdates() =>
        status.IsTerminal() ? [] : AllUpdates.Where(update => RefusalOf(update, status) is null);

    private void Note(string step, string outcome)
    {
        if (steps.Count == MaxSteps)
            steps.RemoveAt(0);
        steps.Add(new StepView { At = Now, Attempt = attempt, Step = step, Outcome = outcome });
    }

    /// <summary>
    /// Shows where the settlement stands. Called before it waits, before the bank is called, and at the end: the upsert
    /// rides in the same workflow task as the command that follows, and costs no task of its own.
    /// </summary>
    private void Show(string? waiting)
    {
        waitingFor = waiting;
        Workflow.CurrentDetails = Details();
        var present = (status, PresentAttention, schedule?.DueAt);
        if (present == shown)
            return;
        var updates = new List<SearchAttributeUpdate>();
        if (present.status != shown.Status)
            updates.Add(Keys.SettlementStatus.ValueSet(UpperSnake.Of(status)));
        if (present.PresentAttention != shown.Reason)
        {
            updates.Add(Keys.NeedsAttention.ValueSet(PresentAttention is not null));
            updates.Add(PresentAttention is { } reason
                ? Keys.AttentionReason.ValueSet(UpperSnake.Of(reason))
                : Keys.AttentionReason.ValueUnset());
        }

        if (present.DueAt != shown.DueAt && schedule?.DueAt is { } dueAt)
            updates.Add(Keys.DueDate.ValueSet(dueAt));
        shown = present;
        Workflow.UpsertTypedSearchAttributes([.. updates]);
    }

    private string Details()
    {
        var text = new StringBuilder();
        text.Append($"**{UpperSnake.Of(status)}** since {since:u}, attempt {attempt}");
        if (paused)
            text.Append(", **paused**");
        text.AppendLine().AppendLine();
        if (PresentAttention is { } reason)
            text.AppendLine($"⚠ Needs attention: **{UpperSnake.Of(reason)}**{(calledFor?.Reason == reason ? $": {calledFor.Value.Detail}" : "")}").AppendLine();
        if (waitingFor is not null)
            text.AppendLine($"Waits for {waitingFor}{(deadline is { } end ? $", until {end:u}" : "")}.").AppendLine();
        if (nextRecallAt is { } again && instruction is { Verdict: null })
            text.AppendLine($"The recall is tried again at {again:u}.").AppendLine();
        if (failureDetail is not null)
            text.AppendLine($"Last failure: {failureDetail}").AppendLine();
        if (schedule?.DueAt is { } due)
            text.AppendLine($"Due {due:u}.").AppendLine();
        if (instruction is not null)
            text.AppendLine($"UETR `{instruction.Uetr}` at {request.Bank}.").AppendLine();
        var allowed = AllowedUpdates().ToList();
        if (allowed.Count > 0)
            text.Append($"You can: {string.Join(", ", allowed.Select(update => $"`{update}`"))}.");
        return text.ToString();
    }
}
