using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>When a person is needed, why, and when no longer: in the search attributes at once, in the database beside it.</summary>
public sealed partial class SettlementWorkflow
{
    /// <summary>Reasons in the order in which they came, with whether the database has them.</summary>
    private readonly List<(AttentionReason Reason, bool Recorded)> attention = [];

    /// <summary>What the newest call for a person said; for people's eyes only, so the next run does without.</summary>
    private (AttentionReason Reason, string Detail)? calledFor;

    private AttentionReason? PresentAttention => attention.Count == 0 ? null : attention[^1].Reason;

    private async Task RaiseAsync(AttentionReason reason, string detail)
    {
        var index = attention.FindIndex(entry => entry.Reason == reason);
        if (index >= 0 && attention[index].Recorded)
            return;
        if (index < 0)
            attention.Add((reason, false));
        calledFor = (reason, detail);
        Show(waitingFor);
        var recorded = await RecordAttentionAsync(raised: true, reason, detail);
        index = attention.FindIndex(entry => entry.Reason == reason);
        if (index >= 0)
            attention[index] = (reason, recorded);
    }

    private async Task CalmAsync(AttentionReason reason)
    {
        var index = attention.FindIndex(entry => entry.Reason == reason);
        if (index < 0)
            return;
        attention.RemoveAt(index);
        await RecordAttentionAsync(raised: false, reason, null);
    }

    /// <inheritdoc/>
    [WorkflowSignal(SettlementNames.CaseClosedSignal)]
    public Task CaseClosedAsync(CaseClosed closed)
    {
        ArgumentNullException.ThrowIfNull(closed);
        attention.RemoveAll(entry => entry.Reason == closed.Reason);
        Note("case_closed", UpperSnake.Lower(closed.Reason));
        // Shown at once, while whatever is waited for is still waited for.
        Show(waitingFor);
        return Task.CompletedTask;
    }

    /// <summary>At the end: nobody is needed any more, except for cases that outlive the settlement.</summary>
    private async Task CalmAllAsync()
    {
        foreach (var (reason, _) in attention.ToArray())
            if (!OutlivesSettlement(reason))
                await CalmAsync(reason);
    }

    private static bool OutlivesSettlement(AttentionReason reason) =>
        reason is AttentionReason.LateConfirmation or AttentionReason.MessageMismatch or AttentionReason.Suspense;

    /// <summary>The reason that the escalation has raised; null if it raises none, or none that was not up already.</summary>
    private AttentionReason? MarkEscalation(EscalationLevel level)
    {
        if (AttentionOf(level) is not { } raised || attention.Exists(entry => entry.Reason == raised))
            return null;
        attention.Add((raised, true));
        return raised;
    }

    private static AttentionReason? AttentionOf(EscalationLevel level) => level switch
    {
        EscalationLevel.Overdue => AttentionReason.Overdue,
        EscalationLevel.Critical => AttentionReason.OverdueCritical,
        EscalationLevel.Stuck => AttentionReason.StuckInStatus,
        _ => null,
    };

    private async Task<bool> RecordAttentionAsync(bool raised, AttentionReason reason, string? detail)
    {
        var input = new AttentionInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Occurrence = NextOccurrence(),
            Raised = raised,
            Reason = reason,
            Remaining = raised ? null : PresentAttention,
            Detail = detail,
            Compensation = raised && reason == AttentionReason.CompensationFailing ? phase == ProcessPhase.RollBack ? "VOID_LOCK" : "RECALL" : null,
        };
        var word = raised ? "raise" : "clear";
        try
        {
            await Workflow.ExecuteActivityAsync(
                (IPeopleActivities activity) => activity.SetAttentionAsync(input),
                ActivityPolicies.BestEffort($"{word} attention {UpperSnake.Of(reason)}"));
            Note($"{word}:{UpperSnake.Lower(reason)}", detail ?? "done");
            return true;
        }
        catch (ActivityFailureException exception)
        {
            // The search attribute stands; the caller records it with its next try.
            Note($"{word}:{UpperSnake.Lower(reason)}", Describe(exception));
            return false;
        }
    }
}
