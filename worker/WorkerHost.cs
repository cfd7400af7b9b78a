using Microsoft.Extensions.Options;
using Settlement.Activities;
using Settlement.Activities.Banks;
using Settlement.Activities.Jobs;
using Settlement.Database;
using Settlement.Hosting;
using Settlement.Worker.Health;
using Settlement.Worker.Jobs;
using Settlement.Worker.Options;
using Settlement.Worker.Relays;
using Settlement.Worker.Startup;
using Settlement.Worker.Sweeping;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Jobs;
using Settlement.Workflows.Operations;
using Settlement.Workflows.Settlement;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;

namespace Settlement.Worker;

/// <summary>Builds the program: settings, database, Temporal worker, background services, health. Tests build the same one.</summary>
public static class WorkerHost
{
    /// <summary>Environment names of this program and of its jobs, besides the shared ones.</summary>
    public static IReadOnlyDictionary<string, string> OwnEnvironmentNames { get; } =
        WorkerOptions.EnvironmentNames.Concat(JobOptions.EnvironmentNames).ToDictionary(StringComparer.Ordinal);

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        EnvironmentNames.AddTo(builder.Configuration, Environment.GetEnvironmentVariables(), OwnEnvironmentNames);
        builder.Logging.UseSerilog(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<WorkerOptions>>().Value;
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address(), options.Port);
        });
        AddOptions<WorkerOptions>(builder.Services, WorkerOptions.SectionName);
        AddOptions<DatabaseOptions>(builder.Services, DatabaseOptions.SectionName);
        AddOptions<TemporalOptions>(builder.Services, TemporalOptions.SectionName);
        AddOptions<JobOptions>(builder.Services, JobOptions.SectionName);
        AddOptions<ActionOptions>(builder.Services, ActionOptions.SectionName);
        builder.Services.AddSingleton<IValidateOptions<ActionOptions>, ActionOptionsValidator>();
        AddDatabase(builder.Services);
        AddWorkflows(builder);
        AddBackground(builder.Services);
        var app = builder.Build();
        app.MapHealth();
        return app;
    }

    private static void AddOptions<TOptions>(IServiceCollection services, string section)
        where TOptions : class =>
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();

    private static void AddDatabase(IServiceCollection services)
    {
        services.AddSingleton<DatabaseConnection>();
        services.AddSettlementDatabase(provider => SettlementDatabase.CreateDataSource(provider.GetRequiredService<DatabaseConnection>().ConnectionString));
    }

    /// <summary>Hosted services start in this order: the schema first, then search attributes, then the polls.</summary>
    private static void AddWorkflows(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<WorkerState>();
        services.AddHostedService<Migrations>();
        services.AddSingleton<ITemporalClient>(provider => TemporalClient.CreateLazy(
            provider.GetRequiredService<IOptions<TemporalOptions>>().Value.ToConnectOptions(provider.GetRequiredService<ILoggerFactory>())));
        services.AddHostedService<SearchAttributes>();
        services.AddBankClients(builder.Configuration);
        services.AddSingleton(provider => new ActionKeys(provider.GetRequiredService<IOptions<ActionOptions>>().Value.Keys()));
        services.AddSettlementActivities();
        var worker = services.AddHostedTemporalWorker(SettlementNames.TaskQueue).AddWorkflow<SettlementWorkflow>().AddWorkflow<JobWorkflow>();
        foreach (var operation in OperationWorkflowTypes.All)
            worker.AddWorkflow(operation);
        foreach (var activities in SettlementActivityTypes.All.Concat(OperationActivityTypes.All))
            worker.AddSingletonActivities(activities);
        services.AddJobs();
        worker.AddSingletonActivities<JobActivities>();
        worker.ConfigureOptions().Configure<IOptions<WorkerOptions>>((options, settings) =>
        {
            var own = settings.Value;
            options.MaxConcurrentActivities = own.MaxConcurrentActivities;
            options.MaxConcurrentWorkflowTasks = own.MaxConcurrentWorkflowTasks;
            options.MaxConcurrentActivityTaskPolls = own.MaxConcurrentPolls;
            options.MaxConcurrentWorkflowTaskPolls = own.MaxConcurrentPolls;
            options.MaxCachedWorkflows = own.MaxCachedWorkflows;
            options.GracefulShutdownTimeout = TimeSpan.FromSeconds(own.ShutdownSeconds);
        });
    }

    private static void AddBackground(IServiceCollection services)
    {
        services.AddHostedService<PendingSweeper>();
        services.AddHostedService<AuditSealing>();
        services.AddHostedService<OutboxRelaying>();
        services.AddHostedService<LateMessageSweeping>();
        services.AddHostedService<JobSchedules>();
        services.AddHostedService<JobWatching>();
        services.AddHostedService<ReadyMark>();
    }
}
