using Settlement.Domain;
using Settlement.Worker.Tests.Support;
using Settlement.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Settlement.Worker.Tests.Sweeping;

/// <summary>The API died after it had stored the row and before it started the workflow.</summary>
[Collection(WorkerCollection.Name)]
public sealed class PendingSweeperTests(RunningWorker worker)
{
    [Fact]
    public async Task Sweep_RowWithoutAWorkflow_IsStartedAndSettled()
    {
        var row = await OrphanedSettlement.CreateAsync(worker.Books);

        await Eventually.HoldsAsync(async () => await OrphanedSettlement.StatusAsync(worker.Books, row.SettlementId) != "PENDING", "the row leaves PENDING");

        var workflow = await worker.Temporal.GetWorkflowHandle(SettlementReference.WorkflowId(row.Reference)).DescribeAsync();
        workflow.WorkflowType.ShouldBe(SettlementNames.Workflow);
        workflow.TaskQueue.ShouldBe(SettlementNames.TaskQueue);
    }

    [Fact]
    public async Task Sweep_RowThatCannotBeStarted_IsLeftAloneAndHoldsNobodyUp()
    {
        var broken = await OrphanedSettlement.CreateAsync(worker.Books, workflowInput: """{"settlement_id":"none"}""");
        var sound = await OrphanedSettlement.CreateAsync(worker.Books);

        await Eventually.HoldsAsync(async () => await OrphanedSettlement.StatusAsync(worker.Books, sound.SettlementId) != "PENDING", "the row after the broken one is started");

        (await OrphanedSettlement.StatusAsync(worker.Books, broken.SettlementId)).ShouldBe("PENDING");
        var missing = await Should.ThrowAsync<RpcException>(() => worker.Temporal.GetWorkflowHandle(SettlementReference.WorkflowId(broken.Reference)).DescribeAsync());
        missing.Code.ShouldBe(RpcException.StatusCode.NotFound);
    }
}
