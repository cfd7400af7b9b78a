using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Settlement.Activities.Instructions;
using Settlement.Activities.Ledger;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Notifications;
using Settlement.Activities.Operations;
using Settlement.Activities.Operators;
using Settlement.Activities.Returns;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities;

/// <summary>Registers the activities and what they need, beside the database and the bank clients.</summary>
public static class SettlementActivities
{
    /// <summary>Key of the notifier that tells people; a program that has another one registers it under this key.</summary>
    public const string Unswitched = "notifier";

    /// <summary>
    /// Adds every class of <see cref="SettlementActivityTypes.All"/> as a singleton. Needs
    /// <c>AddSettlementDatabase</c> and <c>AddBankClients</c>; an <see cref="INotifier"/> registered before is kept. The actions of operators also need <see cref="ActionKeys"/> and an <c>ITemporalClient</c>.
    /// </summary>
    public static IServiceCollection AddSettlementActivities(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LogNotifier>();
        services.TryAddKeyedSingleton<INotifier>(Unswitched, (provider, _) => provider.GetRequiredService<LogNotifier>());
        services.TryAddSingleton<INotifier>(provider => ActivatorUtilities.CreateInstance<SwitchedNotifier>(
            provider, provider.GetRequiredKeyedService<INotifier>(Unswitched)));
        services.TryAddSingleton<NostroDirectory>();
        services.TryAddSingleton<LateMessageSweep>();
        services.TryAddSingleton<IncomingReturns>();
        services.TryAddSingleton<ActionGate>();
        services.TryAddSingleton<CaseActions>();
        services.TryAddSingleton<JobSchedule>();
        foreach (var type in SettlementActivityTypes.All.Concat(OperationActivityTypes.All))
            services.TryAddSingleton(type);
        return services;
    }
}

/// <summary>All activities of settlements: one class for each outside thing.</summary>
public static class SettlementActivityTypes
{
    public static IReadOnlyList<Type> All { get; } = [typeof(LifecycleActivities), typeof(LedgerActivities), typeof(BankActivities), typeof(PeopleActivities)];
}

/// <summary>All activities of operators' actions that belong to no open settlement. Some need an <c>ITemporalClient</c>.</summary>
public static class OperationActivityTypes
{
    public static IReadOnlyList<Type> All { get; } =
        [typeof(CaseActivities), typeof(ReferenceDataActivities), typeof(JobControlActivities), typeof(RepairActivities)];
}
