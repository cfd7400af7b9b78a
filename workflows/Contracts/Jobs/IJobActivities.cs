using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>The two actions of a job's workflow.</summary>
public interface IJobActivities
{
    /// <summary>Claims the slot in the run ledger, runs the job, and writes down how it ended.</summary>
    [Activity("RunJob")]
    Task<JobOutcome> RunJobAsync(JobRunInput input);

    /// <summary>Writes down that the slot has failed, with audit entry and event.</summary>
    [Activity("FailJob")]
    Task FailJobAsync(JobFailureInput input);
}
