using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Settlement.Activities.Banks;

/// <summary>Registers the banks of the configuration.</summary>
public static class BankServices
{
    /// <summary>Adds <see cref="IBankDirectory"/> with a pooled HTTP client per member of the section <c>Banks</c>, validated at start.</summary>
    public static IServiceCollection AddBankClients(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<BanksOptions>, BanksOptionsValidator>();
        services.AddOptions<BanksOptions>()
            .Configure(options => configuration.GetSection(BanksOptions.SectionName).Bind(options.Banks))
            .ValidateOnStart();
        // A worker to which no bank is configured yet starts all the same.
        services.AddHttpClient();
        foreach (var bank in configuration.GetSection(BanksOptions.SectionName).GetChildren())
            AddBank(services, bank.Key);
        return services.AddSingleton<IBankDirectory, BankDirectory>();
    }

    private static void AddBank(IServiceCollection services, string bank) =>
        services.AddHttpClient(HttpBankClient.ClientName(bank))
            .RemoveAllLoggers()
            .ConfigureHttpClient((provider, client) =>
            {
                var address = OptionsOf(provider, bank).BaseAddress!;
                client.BaseAddress = address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
                // Each call brings its own limit.
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(provider =>
            {
                var options = OptionsOf(provider, bank);
                return new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    AutomaticDecompression = DecompressionMethods.None,
                    ConnectTimeout = TimeSpan.FromSeconds(options.ConnectTimeoutSeconds),
                    MaxConnectionsPerServer = options.MaxConnections,
                    MaxResponseHeadersLength = 32,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    UseCookies = false,
                    UseProxy = false,
                    SslOptions = BankTls.Create(options),
                };
            })
            // The handler's own connection lifetime follows DNS; rebuilding handlers would only drop warm connections.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    private static BankConnectionOptions OptionsOf(IServiceProvider provider, string bank) =>
        provider.GetRequiredService<IOptions<BanksOptions>>().Value.Banks[bank];
}
