using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Settlement.Activities.Jobs;

/// <summary>Runs jobs by their names, once per slot.</summary>
public sealed class JobActivities(
    IEnumerable<IJob> jobs, JobLedger ledger, ReferenceDataCache reference, NpgsqlDataSource books, ILogger<JobActivities> log) : IJobActivities
{
    private readonly Dictionary<string, IJob> jobs = jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);

    /// <inheritdoc/>
    [Activity("RunJob")]
    public async Task<JobOutcome> RunJobAsync(JobRunInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!jobs.TryGetValue(input.Job, out var job))
            throw new ApplicationFailureException("There is no such job.", errorType: "UnknownJob", nonRetryable: true);
        var cancellation = ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current.CancellationToken : CancellationToken.None;
        if (!await ledger.TryStartAsync(input.Job, input.Slot, input.Runner, input.AsOf, cancellation))
            return new JobOutcome { Result = "not_ours" };
        if ((await reference.GetAsync(cancellation)).StoppedBecause(SwitchName.Schedules) is { } reason)
            return await SkipAsync(input, reason, cancellation);
        var context = new JobContext(input.Slot, input.AsOf, () =>
        {
            if (ActivityExecutionContext.HasCurrent)
                ActivityExecutionContext.Current.Heartbeat();
        });
        await job.RunAsync(context, cancellation);
        var outcome = new JobOutcome { Result = "done", Changed = context.Changed, Findings = context.Findings, FindingCount = context.FindingCount };
        await ledger.FinishAsync(input.Job, input.Slot, input.Runner, succeeded: true, input.AsOf, Json.Of(outcome), cancellation);
        if (outcome.FindingCount > 0)
            log.JobFound(input.Job, outcome.FindingCount, outcome.Findings[0]);
        return outcome;
    }

    /// <inheritdoc/>
    [Activity("FailJob")]
    public async Task FailJobAsync(JobFailureInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var run = input.Run;
        var detail = Json.Of(new { input.Error });
        await ledger.FinishAsync(run.Job, run.Slot, run.Runner, succeeded: false, run.AsOf, detail);
        await AuditWriter.AppendAsync(books, new AuditRecord($"job:{run.Job}", "job_failed", new Actor("system", ActorSource.Job), input.Error, run.AsOf)
        {
            AfterJson = Json.Of(new { run.Slot }),
        });
        log.JobFailed(run.Job, run.Slot, input.Error);
    }

    private async Task<JobOutcome> SkipAsync(JobRunInput input, string reason, CancellationToken cancellationToken)
    {
        var skipped = new JobOutcome { Result = "skipped", Findings = [$"schedules are stopped: {reason}"] };
        await ledger.SkipAsync(input.Job, input.Slot, input.Runner, input.AsOf, Json.Of(skipped), cancellationToken);
        return skipped;
    }
}

/// <summary>Registers the scheduled jobs and their activities.</summary>
public static class JobServices
{
    /// <summary>Needs <c>AddSettlementDatabase</c>, an <c>ITemporalClient</c> and <see cref="JobOptions"/>.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        foreach (var job in (Type[])[typeof(DeadlinesJob), typeof(LocksJob), typeof(OrphansJob), typeof(StatementsJob), typeof(CleanupJob), typeof(ArchiveJob)])
            services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IJob), job));
        services.TryAddSingleton<JobActivities>();
        return services;
    }
}
