using Settlement.Workflows.Contracts;
using Temporalio.Workflows;

namespace Settlement.Replay.Tests;

/// <summary>A workflow that somebody has changed without a patch: it locks before it validates.</summary>
[Workflow(SettlementNames.Workflow)]
public sealed class AlteredWorkflow
{
    [WorkflowRun]
    public async Task<SettlementResult> RunAsync(SettlementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var input = new ValidateInput { SettlementId = request.SettlementId, Attempt = 1, AsOf = Workflow.UtcNow };
        var options = new ActivityOptions { StartToCloseTimeout = TimeSpan.FromSeconds(10) };
        await Workflow.ExecuteActivityAsync((ILedgerActivities activity) => activity.LockAsync(input), options);
        var verdict = await Workflow.ExecuteActivityAsync((ILifecycleActivities activity) => activity.ValidateAsync(input), options);
        return new SettlementResult { SettlementId = request.SettlementId, Reference = request.Reference, Status = verdict.Status, Attempts = 1 };
    }
}
