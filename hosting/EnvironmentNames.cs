using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Settlement.Hosting;

/// <summary>
/// The short environment names of the interface document, mapped to option keys. They come after every other source, so the
/// environment wins over files.
/// </summary>
public static class EnvironmentNames
{
    /// <summary>Names that every program of the system knows: environment name to configuration key.</summary>
    public static IReadOnlyDictionary<string, string> Shared { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DATABASE_URL"] = "Database:Url",
        ["DATABASE_MAX_CONNECTIONS"] = "Database:MaxConnections",
        ["ACTION_SIGNING_KEY"] = "Actions:SigningKey",
        ["ACTION_PREVIOUS_SIGNING_KEY"] = "Actions:PreviousSigningKey",
        ["TEMPORAL_ADDRESS"] = "Temporal:Address",
        ["TEMPORAL_NAMESPACE"] = "Temporal:Namespace",
        ["TEMPORAL_API_KEY"] = "Temporal:ApiKey",
        ["TEMPORAL_TLS_SERVER_CA_CERT"] = "Temporal:TlsServerCaFile",
        ["TEMPORAL_TLS_CLIENT_CERT"] = "Temporal:TlsClientCertFile",
        ["TEMPORAL_TLS_CLIENT_KEY"] = "Temporal:TlsClientKeyFile",
        ["TEMPORAL_TLS_SERVER_NAME"] = "Temporal:TlsServerName",
    };

    /// <summary>Adds the shared names and the program's own.</summary>
    /// <param name="configuration">Where to.</param>
    /// <param name="environment">The variables of the process.</param>
    /// <param name="own">The program's own names.</param>
    public static void AddTo(IConfigurationBuilder configuration, IDictionary environment, IReadOnlyDictionary<string, string> own)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        var values = Shared.Concat(own)
            .Where(name => environment[name.Key] is string { Length: > 0 })
            .ToDictionary(name => name.Value, name => (string?)environment[name.Key]);
        configuration.AddInMemoryCollection(values);
    }
}
