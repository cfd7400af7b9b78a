using Temporalio.Workflows;

namespace Settlement.Workflows.Contracts;

/// <summary>One run of a scheduled job. Operators start one out of turn with <c>temporal schedule trigger --schedule-id job-…</c>.</summary>
[Workflow(JobNames.Workflow)]
public interface IJobWorkflow
{
    /// <summary>Runs the job once for its slot.</summary>
    [WorkflowRun]
    Task<JobOutcome> RunAsync(JobRequest request);
}
