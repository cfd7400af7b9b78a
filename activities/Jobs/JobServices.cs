using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Settlement.Activities.Jobs;

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
