using Microsoft.AspNetCore.Http.Json;
using Npgsql;
using Settlement.Database.Api;
using Settlement.StarterApi.Endpoints.Actions;
using Settlement.StarterApi.Endpoints.Settlements;
using Temporalio.Client;

namespace Settlement.StarterApi.Hosting;

/// <summary>What the program is made of.</summary>
public static class Services
{
    // Requests are short: half of the shared default serves them. What is configured wins.
    private const int MaxDatabaseConnections = 20;

    public static void AddStarterApi(this IServiceCollection services)
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
        ApiDescription.Add(services);
        RateLimits.Add(services);
        HealthEndpoints.Add(services);
        AddSecurity(services);
        AddDatabase(services);
        AddTemporal(services);
        services.AddSingleton<RefusalAudit>();
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
        services.AddSingleton<AccessTokenIssuer>();
        services.AddAuthorization(Policies.Add);
        services.AddAuthentication(BearerTokens.Scheme).AddJwtBearer(BearerTokens.Scheme);
        services.ConfigureOptions<BearerTokens>();
    }

    private static void AddDatabase(IServiceCollection services)
    {
        services.AddSettlementDatabase(CreateDataSource);
        services.AddHostedService<SchemaWait>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<SettlementHeaders>();
        services.AddSingleton<SettlementIntake>();
    }

    private static void AddTemporal(IServiceCollection services)
    {
        services.AddSingleton(CreateTemporalClient);
        services.AddSingleton(provider => new ActionKeys(provider.GetRequiredService<IOptions<ActionOptions>>().Value.Keys()));
        services.AddSingleton<ISettlementWorkflows, TemporalSettlementWorkflows>();
    }

    // Throws a ConfigurationException when the URL is of neither form; the message does not show it, since it holds a password.
    private static NpgsqlDataSource CreateDataSource(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        try
        {
            return SettlementDatabase.CreateDataSource(SettlementDatabase.ConnectionString(options.Url), connection =>
            {
                connection.ApplicationName = "settlement-starter-api";
                connection.MaxPoolSize = options.MaxConnections;
                connection.Timeout = 5;
                connection.CommandTimeout = 15;
            });
        }
        catch (FormatException wrong)
        {
            throw new ConfigurationException("Database:Url: " + wrong.Message);
        }
    }

    // It connects on first use, so that the API serves reads while Temporal is down.
    private static ITemporalClient CreateTemporalClient(IServiceProvider services)
    {
        var connect = services.GetRequiredService<IOptions<TemporalOptions>>().Value.ToConnectOptions(services.GetRequiredService<ILoggerFactory>());
        connect.Identity = $"starter-api@{Environment.MachineName}:{Environment.ProcessId}";
        return TemporalClient.CreateLazy(connect);
    }
}
