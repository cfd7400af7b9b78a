using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>
/// One cash or purchase settlement, from its PENDING row to SETTLED, FAILED or CANCELLED. It decides; activities act. It
/// never completes on another state, never sends a second instruction while the outcome of the first is open, and
/// releases a lock only with proof that no money moved. A long wait goes on in a new run, which begins where the last one stood.
/// </summary>
[Workflow(SettlementNames.Workflow)]
public sealed partial class SettlementWorkflow : ISettlementWorkflow
{
    private readonly SettlementRequest request;
    private readonly SettlementTimings timings;

    private SettlementStatus status = SettlementStatus.Pending;
    private DateTimeOffset since;
    private int attempt = 1;
    private ValidationResult? schedule;
    private SettlementFailure? failure;
    private string? failureDetail;

    /// <summary>Made before the first message or query is handled, so that these always find the request.</summary>
    [WorkflowInit]
    public SettlementWorkflow(SettlementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        this.request = request;
        timings = request.Timings;
        since = Workflow.UtcNow;
        if (request.Carried is { } carried)
            TakeOver(carried);
    }

    /// <inheritdoc/>
    [WorkflowRun]
    public async Task<SettlementResult> RunAsync(SettlementRequest request)
    {
        await FinishRollBackAsync();
        // Each step answers whether the next may follow. An attempt that stops with proof that no money moved has been
        // rolled back by then, and waits for the next one.
        do
        {
            _ = await ValidateAsync()
                && await ObtainApprovalAsync()
                && await WaitForWindowAsync()
                && await LockAsync()
                && await TransferAsync()
                && await ConfirmAsync()
                && await FinalizeAsync();
        }
        while (await AwaitRetryAsync());

        await CloseAsync();
        return new SettlementResult
        {
            SettlementId = this.request.SettlementId,
            Reference = this.request.Reference,
            Status = status,
            Attempts = attempt,
            Failure = failure,
            Detail = failureDetail,
        };
    }

    /// <summary>Lets running updates and signals finish, and leaves nothing open that a person would look for.</summary>
    private async Task CloseAsync()
    {
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished, CancellationToken.None);
        await AbsorbTheRestAsync();
        await CalmAllAsync();
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished, CancellationToken.None);
        Show(null);
        if (!status.IsTerminal())
            throw new InvalidOperationException($"A settlement cannot end in {UpperSnake.Of(status)}.");
        if (status == SettlementStatus.Cancelled)
            Workflow.CancellationToken.ThrowIfCancellationRequested();
    }
}
