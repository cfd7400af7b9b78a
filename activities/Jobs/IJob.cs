namespace Settlement.Activities.Jobs;

/// <summary>What a scheduled job does. It may be run again for the same slot after a failure, so it repeats without harm.</summary>
public interface IJob
{
    /// <summary>One of <see cref="Workflows.Contracts.JobNames.All"/>.</summary>
    string Name { get; }

    /// <summary>Runs it.</summary>
    /// <param name="context">Time, slot and where to report to.</param>
    /// <param name="cancellationToken">Comes when the worker stops or the run was given up.</param>
    Task RunAsync(JobContext context, CancellationToken cancellationToken);
}
