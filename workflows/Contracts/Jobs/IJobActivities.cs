using System.Text.Json.Serialization;
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

/// <summary>One run of a job.</summary>
public sealed record JobRunInput
{
    /// <summary>One of <see cref="JobNames.All"/>.</summary>
    [JsonPropertyName("job")]
    public required string Job { get; init; }

    /// <summary>The scheduled instant that the run is for.</summary>
    [JsonPropertyName("slot")]
    public required DateTimeOffset Slot { get; init; }

    /// <summary>The workflow's run id: who claims the slot.</summary>
    [JsonPropertyName("runner")]
    public required string Runner { get; init; }

    /// <summary>Business time.</summary>
    [JsonPropertyName("as_of")]
    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>How a run of a job ended; also kept as the detail of its slot in the run ledger.</summary>
public sealed record JobOutcome
{
    /// <summary><c>done</c>, <c>not_ours</c> (another run has the slot) or <c>skipped</c> (a kill switch is on).</summary>
    [JsonPropertyName("result")]
    public required string Result { get; init; }

    /// <summary>How many things it changed.</summary>
    [JsonPropertyName("changed")]
    public int Changed { get; init; }

    /// <summary>What a person should look at, one line each; at most 50 of them.</summary>
    [JsonPropertyName("findings")]
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>How many findings there were, listed or not.</summary>
    [JsonPropertyName("finding_count")]
    public int FindingCount { get; init; }
}

/// <summary>A run that did not succeed in any of its attempts.</summary>
public sealed record JobFailureInput
{
    [JsonPropertyName("run")]
    public required JobRunInput Run { get; init; }

    /// <summary>What the last attempt said.</summary>
    [JsonPropertyName("error")]
    public required string Error { get; init; }
}
