using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Settlement.Activities.Instructions;
using Settlement.Activities.Notifications;

namespace Settlement.Activities;

/// <summary>Registers the activities and what they need, beside the database and the bank clients.</summary>
public static class SettlementActivities
{
    /// <summary>
    /// Adds every class of <see cref="SettlementActivityTypes.All"/> as a singleton. Needs
    /// <c>AddSettlementDatabase</c> and <c>AddBankClients</c>; an <see cref="INotifier"/> registered before is kept.
    /// </summary>
    public static IServiceCollection AddSettlementActivities(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<INotifier, LogNotifier>();
        services.TryAddSingleton<NostroDirectory>();
        services.TryAddSingleton<LateMessageSweep>();
        foreach (var type in SettlementActivityTypes.All)
            services.TryAddSingleton(type);
        return services;
    }
}
