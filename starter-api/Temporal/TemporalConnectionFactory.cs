using Microsoft.Extensions.Options;
using Settlement.Hosting;
using Temporalio.Client;

namespace Settlement.StarterApi.Temporal;

/// <summary>Makes the client from the options. It connects on first use, so that the API serves reads while Temporal is down.</summary>
public static class TemporalConnectionFactory
{
    /// <exception cref="ConfigurationException">A certificate file cannot be read.</exception>
    public static ITemporalClient Create(IServiceProvider services)
    {
        var connect = services.GetRequiredService<IOptions<TemporalOptions>>().Value.ToConnectOptions(services.GetRequiredService<ILoggerFactory>());
        connect.Identity = $"starter-api@{Environment.MachineName}:{Environment.ProcessId}";
        return TemporalClient.CreateLazy(connect);
    }
}
