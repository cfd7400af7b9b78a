using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Client;

namespace Settlement.Activities.Jobs;

/// <summary>
/// Compares the open settlements of the books with the open workflows of Temporal. A PENDING row without a workflow is the sweeper's
/// business, which starts it within seconds; any other open row without one is flagged, with a case. An open workflow without an open row
/// is reported: it is left for a person, who ends it with <c>EndOrphan</c>, because ending it could hide what it knows.
/// </summary>
public sealed class OrphansJob(NpgsqlDataSource books, ITemporalClient temporal, StepRunner steps) : IJob
{
    /// <summary>What is younger than this is on its way: started, closing, or not yet in Temporal's list.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private const int AliveEvery = 500;

    private static readonly Actor Watch = new("job:orphans", ActorSource.Job);
    private static readonly SettlementStatus[] Terminal = [SettlementStatus.Settled, SettlementStatus.Failed, SettlementStatus.Cancelled];

    /// <inheritdoc/>
    public string Name => JobNames.Orphans;

    /// <inheritdoc/>
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Rows first: a workflow that starts in between has its row in neither or in both.
        var rows = await OpenRowsAsync(cancellationToken);
        var running = await OpenWorkflowsAsync(context, cancellationToken);
        var ripe = context.AsOf - Grace;
        foreach (var row in rows.Values.Where(row => row.StatusSince < ripe && !running.ContainsKey(SettlementReference.WorkflowId(row.Reference))))
            await LookAtRowAsync(row, context, cancellationToken);
        foreach (var (id, started) in running.Where(workflow => workflow.Value < ripe && !rows.ContainsKey(workflow.Key)))
            await LookAtWorkflowAsync(id, started, context, cancellationToken);
    }

    private async Task<Dictionary<string, OpenRow>> OpenRowsAsync(CancellationToken cancellationToken)
    {
        await using var database = SettlementDatabase.CreateContext(books);
        var rows = await database.Settlements.Where(row => !Terminal.Contains(row.Status))
            .Select(row => new OpenRow(row.SettlementId, row.Reference, row.Status, row.StatusSince)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => SettlementReference.WorkflowId(row.Reference), StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, DateTimeOffset>> OpenWorkflowsAsync(JobContext context, CancellationToken cancellationToken)
    {
        var running = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var query = $"ExecutionStatus = 'Running' AND WorkflowType = '{SettlementNames.Workflow}'";
        await foreach (var workflow in temporal.ListWorkflowsAsync(query).WithCancellation(cancellationToken))
        {
            running[workflow.Id] = workflow.StartTime;
            if (running.Count % AliveEvery == 0)
                context.Report();
        }

        return running;
    }

    /// <summary>Temporal's list may be behind: the workflow itself is asked before anything is said.</summary>
    private async Task LookAtRowAsync(OpenRow row, JobContext context, CancellationToken cancellationToken)
    {
        context.Report();
        var workflow = await WorkflowState.FindAsync(temporal, SettlementReference.WorkflowId(row.Reference), cancellationToken);
        if (workflow is { IsOpen: true })
            return;
        var detail = workflow is null ? "there is no workflow" : $"its workflow is {workflow.Status}";
        if (row.Status == SettlementStatus.Pending && workflow is null)
        {
            context.Find($"{row.Reference}: PENDING since {row.StatusSince:u} and {detail}; the sweeper could not start it");
            return;
        }

        // Once per run that was ended: a settlement that was revived may be orphaned again in the same state.
        var actionName = new StepName("job").With("orphan", workflow?.RunId ?? row.StatusSince.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var flagged = await steps.RunActionAsync(row.SettlementId, actionName, context.AsOf, step =>
        {
            // What ended meanwhile is no orphan.
            if (step.Settlement.Status.IsTerminal())
                return Task.FromResult(false);
            step.Cases.Open(AttentionReason.Orphaned, Json.Of(new { Detail = detail, Status = UpperSnake.Lower(step.Settlement.Status), step.Settlement.Attempt }));
            step.RaiseAttention(AttentionReason.Orphaned, Watch, $"{UpperSnake.Of(step.Settlement.Status)}, and {detail}");
            return Task.FromResult(true);
        }, cancellationToken);
        if (!flagged.Value)
            return;
        context.Find($"{row.Reference}: {UpperSnake.Of(row.Status)} since {row.StatusSince:u} and {detail}");
        context.Report(flagged.Repeated ? 0 : 1);
    }

    private async Task LookAtWorkflowAsync(string workflowId, DateTimeOffset started, JobContext context, CancellationToken cancellationToken)
    {
        context.Report();
        var reference = workflowId.StartsWith("settlement-", StringComparison.Ordinal) ? workflowId["settlement-".Length..] : workflowId;
        await using var database = SettlementDatabase.CreateContext(books);
        var row = await database.Settlements.Where(one => one.Reference == reference)
            .Select(one => new OpenRow(one.SettlementId, one.Reference, one.Status, one.StatusSince)).SingleOrDefaultAsync(cancellationToken);
        // A workflow closes one task after its last step is in the books.
        if (row is not null && (!row.Status.IsTerminal() || row.StatusSince > context.AsOf - Grace))
            return;
        if (await WorkflowState.FindAsync(temporal, workflowId, cancellationToken) is not { IsOpen: true })
            return;
        context.Find(row is null
            ? $"workflow {workflowId}, open since {started:u}, has no settlement"
            : $"workflow {workflowId}, open since {started:u}, and its settlement is {UpperSnake.Of(row.Status)}");
    }

    private sealed record OpenRow(Guid SettlementId, string Reference, SettlementStatus Status, DateTimeOffset StatusSince);
}
