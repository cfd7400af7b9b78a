using System.Text.Json.Serialization;
using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Scheduled jobs, as operators run and pause them.</summary>
public interface IJobControlActivities
{
    /// <summary>Records who wants the job to run, and then triggers its schedule.</summary>
    [Activity("TriggerJob")]
    Task<OperationReply> TriggerJobAsync(TriggerJobAction action, DateTimeOffset asOf);

    /// <summary>Records who pauses the job or lets it go on, and then does so to its schedule.</summary>
    [Activity("PauseJob")]
    Task<OperationReply> PauseJobAsync(PauseJobAction action, DateTimeOffset asOf);
}

/// <summary>Runs a scheduled job now, out of turn.</summary>
public sealed record TriggerJobAction : OperatorAction
{
    /// <summary>One of <see cref="JobNames.All"/>.</summary>
    [JsonPropertyName("job")]
    public string Job { get; init; } = "";
}

/// <summary>Pauses one scheduled job, or lets it go on. All at once are stopped by the kill switch <c>schedules</c>.</summary>
public sealed record PauseJobAction : OperatorAction
{
    /// <summary>One of <see cref="JobNames.All"/>.</summary>
    [JsonPropertyName("job")]
    public string Job { get; init; } = "";

    /// <summary>True pauses, false lets it go on.</summary>
    [JsonPropertyName("paused")]
    public bool Paused { get; init; }
}
