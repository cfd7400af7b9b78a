using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Settlement.Database;
using Settlement.Database.Api;
using Settlement.Hosting;
using Settlement.StarterApi.Endpoints.Actions;
using Settlement.StarterApi.Endpoints.Health;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Endpoints.Tickets;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Options;
using Settlement.StarterApi.Security;
using Settlement.StarterApi.Temporal;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Hosting;

/// <summary>What the program is made of.</summary>
public static class Services
{
    // Requests are short: half of the shared default serves them. What is configured wins.
    private const int MaxDatabaseConnections = 20;

    public static void AddStarterApi(this IServiceCollection services, IConfiguration configuration)
    {
        AddOptions<ApiOptions>(services, ApiOptions.SectionName);
        AddOptions<AuthOptions>(services, AuthOptions.SectionName);
        services.Configure<DatabaseOptions>(database => database.MaxConnections = MaxDatabaseConnections);
        AddOptions<DatabaseOptions>(services, DatabaseOptions.SectionName);
        AddOptions<TemporalOptions>(services, TemporalOptions.SectionName);
        AddOptions<SettlementOptions>(services, SettlementOptions.SectionName);
        AddOptions<BankOptions>(services, BankOptions.SectionName);
        AddOptions<ActionOptions>(services, ActionOptions.SectionName);
        services.AddSingleton<IValidateOptions<ActionOptions>, ActionOptionsValidator>();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.AddSingleton<IValidateOptions<SettlementOptions>, SettlementOptionsValidator>();
        services.AddSingleton<IValidateOptions<BankOptions>, BankOptionsValidator>();
        services.Configure<JsonOptions>(json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton(TimeProvider.System);
        services.AddOpenApi();
        RateLimits.Add(services);
        AddSecurity(services);
        AddDatabase(services);
        AddTemporal(services);
        services.AddSingleton<RefusalAudit>();
        services.AddSingleton<ReadinessProbe>();
        services.AddSingleton<SettlementAssembly>();
        services.AddSingleton<TicketDesk>();
        services.AddSingleton<SettlementActions>();
        services.AddSingleton<OperatorDesk>();
    }

    private static void AddOptions<TOptions>(IServiceCollection services, string section)
        where TOptions : class =>
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();

    private static void AddSecurity(IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton(provider => new UserDirectory(UserSeedFile.Load(provider.GetRequiredService<IOptions<AuthOptions>>().Value.UsersFile)));
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<AccessTokenIssuer>();
        services.AddAuthorization(Policies.Add);
        services.AddAuthentication(BearerTokens.Scheme).AddJwtBearer(BearerTokens.Scheme);
        services.ConfigureOptions<BearerTokens>();
    }

    private static void AddDatabase(IServiceCollection services)
    {
        services.AddSettlementDatabase(DatabaseConnection.Create);
        services.AddHostedService<SchemaWait>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<SettlementHeaders>();
        services.AddSingleton<SettlementIntake>();
    }

    private static void AddTemporal(IServiceCollection services)
    {
        services.AddSingleton(TemporalConnectionFactory.Create);
        services.AddSingleton(provider => new ActionKeys(provider.GetRequiredService<IOptions<ActionOptions>>().Value.Keys()));
        services.AddSingleton<ISettlementWorkflows, TemporalSettlementWorkflows>();
    }
}
