namespace Settlement.Workflows.Policies;

/// <summary>
/// The names of all patches, each with the date it was released and the condition on which it may be removed (no open workflow
/// started before it: <c>temporal workflow count --query 'TemporalChangeVersion IS NULL AND …'</c>).
/// </summary>
internal static class WorkflowPatches
{
    /// <summary>
    /// 2026-11-22: long waits continue as a new run. A run that had outgrown <c>max_history_events</c> before that date replays as
    /// it was and stays one run. Removable when no run started before that date is open.
    /// </summary>
    public const string ContinueAsNew = "continue-as-new";

    /// <summary>
    /// 2026-11-22: money that comes back after the payment is left to the return, a settlement of its own, instead of a mismatch case.
    /// Removable when no run started before that date is open.
    /// </summary>
    public const string ReturnsAreSettlements = "returns-are-settlements";
}
