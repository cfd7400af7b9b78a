using System.Text.Json.Serialization;
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

/// <summary>Which job a workflow is to run.</summary>
public sealed record JobRequest
{
    /// <summary>One of <see cref="JobNames.All"/>.</summary>
    [JsonPropertyName("job")]
    public required string Job { get; init; }
}

/// <summary>Names of the scheduled jobs: what stands in the run ledger, in schedule ids (<c>job-{name}</c>) and in their workflows' ids.</summary>
public static class JobNames
{
    /// <summary>Workflow type of every job.</summary>
    public const string Workflow = "JobWorkflow";

    /// <summary>Proves that no retry and no deadline was missed.</summary>
    public const string Deadlines = "deadlines";

    /// <summary>Ends locks whose time is over, and proves that locks add up to what is held.</summary>
    public const string Locks = "locks";

    /// <summary>Finds open settlements without a workflow and open workflows without a settlement.</summary>
    public const string Orphans = "orphans";

    /// <summary>Closes the statements of the day before.</summary>
    public const string Statements = "statements";

    /// <summary>Removes what has expired and is no record.</summary>
    public const string Cleanup = "cleanup";

    /// <summary>Archives settlements that ended long ago.</summary>
    public const string Archive = "archive";

    /// <summary>All jobs.</summary>
    public static IReadOnlyList<string> All { get; } = [Deadlines, Locks, Orphans, Statements, Cleanup, Archive];

    /// <summary>Id of a job's schedule; a run's workflow id is this with the slot behind it.</summary>
    public static string ScheduleId(string job) => $"job-{job}";
}
