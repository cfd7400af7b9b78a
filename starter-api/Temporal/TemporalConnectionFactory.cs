using Microsoft.Extensions.Options;
using Settlement.StarterApi.Options;
using Temporalio.Client;

namespace Settlement.StarterApi.Temporal;

/// <summary>Makes the client from the options. It connects on first use, so that the API serves reads while Temporal is down.</summary>
public static class TemporalConnectionFactory
{
    public static ITemporalClient Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<TemporalOptions>>().Value;
        return TemporalClient.CreateLazy(new TemporalClientConnectOptions(options.Address)
        {
            Namespace = options.Namespace,
            Identity = $"starter-api@{Environment.MachineName}:{Environment.ProcessId}",
            ApiKey = string.IsNullOrEmpty(options.ApiKey) ? null : options.ApiKey,
            Tls = options.UsesTls ? Tls(options) : null,
            LoggerFactory = services.GetRequiredService<ILoggerFactory>(),
        });
    }

    private static TlsOptions Tls(TemporalOptions options) => new()
    {
        Domain = options.TlsServerName,
        ServerRootCACert = Pem("Temporal:TlsServerCaFile", options.TlsServerCaFile),
        ClientCert = Pem("Temporal:TlsClientCertFile", options.TlsClientCertFile),
        ClientPrivateKey = Pem("Temporal:TlsClientKeyFile", options.TlsClientKeyFile),
    };

    private static byte[]? Pem(string setting, string? path)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{setting} '{path}': {wrong.Message}");
        }
    }
}
