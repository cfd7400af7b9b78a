using Settlement.Activities.Jobs;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Worker.Tests.Support;
using Settlement.Workflows.Contracts;
using Temporalio.Client;

namespace Settlement.Worker.Tests.Jobs;

/// <summary>Rows without workflows, workflows without rows, and neither.</summary>
[Collection(WorkerCollection.Name)]
public sealed class OrphansJobTests(RunningWorker worker)
{
    [Fact]
    public async Task Run_RowWhoseWorkflowWasTerminated_IsFlaggedWithACase()
    {
        // Nobody polls this queue: the workflow is open until it is terminated, and the row stays as it is.
        var row = await OrphanedSettlement.CreateAsync(worker.Books, workflowInput: """{"settlement_id":"none"}""");
        var handle = await StartAsync(SettlementReference.WorkflowId(row.Reference));
        (await RunAsync()).Findings.ShouldNotContain(finding => finding.Contains(row.Reference, StringComparison.Ordinal));
        await handle.TerminateAsync("a mistake");

        JobContext context = await RunAsync();
        context.Findings.ShouldContain(finding => finding.StartsWith($"{row.Reference}: PENDING", StringComparison.Ordinal) && finding.Contains("Terminated", StringComparison.Ordinal));
        await using var flagged = worker.Books.CreateCommand($"SELECT attention_reason FROM settlement.settlement_transactions WHERE settlement_id = '{row.SettlementId}'");
        (await flagged.ExecuteScalarAsync()).ShouldBe("ORPHANED");
        await using var cases = worker.Books.CreateCommand($"SELECT count(*) FROM settlement.cases WHERE settlement_id = '{row.SettlementId}' AND reason = 'ORPHANED' AND state = 'OPEN'");
        (await cases.ExecuteScalarAsync()).ShouldBe(1L);
    }

    [Fact]
    public async Task Run_WorkflowWithoutARow_IsReportedAndLeftOpen()
    {
        var id = SettlementReference.WorkflowId(SettlementReference.New(new DateOnly(2026, 1, 5)));
        var handle = await StartAsync(id);
        await Eventually.HoldsAsync(async () => (await RunAsync()).Findings.Any(finding => finding.StartsWith($"workflow {id}", StringComparison.Ordinal) && finding.EndsWith("has no settlement", StringComparison.Ordinal)), "the workflow is reported");
        (await handle.DescribeAsync()).Status.ShouldBe(Temporalio.Api.Enums.V1.WorkflowExecutionStatus.Running);
        await handle.TerminateAsync("end of the test");
    }

    private Task<WorkflowHandle> StartAsync(string id) =>
        worker.Temporal.StartWorkflowAsync(SettlementNames.Workflow, [], new WorkflowOptions(id, "nobody polls this"));

    /// <summary>Runs it as of so much later that nothing counts as being on its way.</summary>
    private async Task<JobContext> RunAsync()
    {
        var asOf = DateTimeOffset.UtcNow + OrphansJob.Grace + TimeSpan.FromMinutes(1);
        var context = new JobContext(asOf, asOf, () => { });
        await new OrphansJob(worker.Books, worker.Temporal, new StepRunner(worker.Books)).RunAsync(context, CancellationToken.None);
        return context;
    }
}
