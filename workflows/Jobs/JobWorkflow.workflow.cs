using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Settlement.Workflows.Jobs;

/// <summary>
/// One run of a scheduled job: the slot is claimed in the run ledger, so that it is run once whatever started this workflow; a failure is
/// written down there before the workflow fails.
/// </summary>
[Workflow(JobNames.Workflow)]
public sealed class JobWorkflow : IJobWorkflow
{
    /// <summary>Set by the server on what a schedule starts: the nominal time.</summary>
    private static readonly SearchAttributeKey<DateTimeOffset> ScheduledStartTime = SearchAttributeKey.CreateDateTimeOffset("TemporalScheduledStartTime");

    /// <inheritdoc/>
    [WorkflowRun]
    public async Task<JobOutcome> RunAsync(JobRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var run = new JobRunInput
        {
            Job = request.Job,
            Slot = Workflow.TypedSearchAttributes.TryGetValue(ScheduledStartTime, out var nominal) ? nominal : Workflow.UtcNow,
            Runner = Workflow.Info.RunId,
            AsOf = Workflow.UtcNow,
        };
        try
        {
            var outcome = await Workflow.ExecuteActivityAsync((IJobActivities jobs) => jobs.RunJobAsync(run), ActivityPolicies.Job($"{request.Job} for {run.Slot:u}"));
            Workflow.CurrentDetails = Describe(outcome);
            return outcome;
        }
        catch (ActivityFailureException failed)
        {
            var failure = new JobFailureInput { Run = run, Error = failed.InnerException?.Message ?? failed.Message };
            await Workflow.ExecuteActivityAsync((IJobActivities jobs) => jobs.FailJobAsync(failure), ActivityPolicies.Step($"{request.Job} has failed"));
            throw;
        }
    }

    private static string Describe(JobOutcome outcome) =>
        $"{outcome.Result}: {outcome.Changed} changed, {outcome.FindingCount} findings\n\n{string.Join('\n', outcome.Findings.Select(finding => $"- {finding}"))}";
}
