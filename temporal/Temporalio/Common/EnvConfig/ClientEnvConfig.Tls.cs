using Temporalio.Client;

namespace Temporalio.Common.EnvConfig;

public sealed partial record ClientEnvConfig
{
    /// <summary>TLS settings of a profile.</summary>
    /// <param name="Disabled">True for none; null leaves it to the other settings.</param>
    /// <param name="ServerName">Name that the server's certificate is for, if not the host's.</param>
    /// <param name="ServerRootCACert">Certificate authority of the server, PEM.</param>
    /// <param name="ClientCert">Certificate of the client, PEM.</param>
    /// <param name="ClientPrivateKey">Key of the client, PEM.</param>
    public sealed record Tls(
        bool? Disabled = null,
        string? ServerName = null,
        DataSource? ServerRootCACert = null,
        DataSource? ClientCert = null,
        DataSource? ClientPrivateKey = null)
    {
        /// <summary>Reads what <see cref="ToDictionary"/> wrote.</summary>
        /// <param name="dictionary">Plain values.</param>
        /// <returns>The settings.</returns>
        public static Tls FromDictionary(IReadOnlyDictionary<string, object> dictionary)
        {
            DataSource? Source(string name) =>
                DataSource.FromDictionary(dictionary.GetValueOrDefault(name) as IReadOnlyDictionary<string, string>);
            return new(
                dictionary.GetValueOrDefault("disabled") as bool?,
                dictionary.GetValueOrDefault("server_name") as string,
                Source("server_ca_cert"),
                Source("client_cert"),
                Source("client_key"));
        }

        /// <summary>Makes options of the connection.</summary>
        /// <returns>The options, or null for none.</returns>
        public TlsOptions? ToTlsOptions() => Disabled == true
            ? null
            : new()
            {
                Domain = ServerName,
                ServerRootCACert = ServerRootCACert?.GetBytes(),
                ClientCert = ClientCert?.GetBytes(),
                ClientPrivateKey = ClientPrivateKey?.GetBytes(),
            };

        /// <summary>Writes the settings as plain values.</summary>
        /// <returns>The values that are set.</returns>
        public Dictionary<string, object> ToDictionary()
        {
            (string Name, object? Value)[] values =
            [
                ("disabled", Disabled), ("server_name", ServerName), ("server_ca_cert", ServerRootCACert?.ToDictionary()),
                ("client_cert", ClientCert?.ToDictionary()), ("client_key", ClientPrivateKey?.ToDictionary()),
            ];
            return values.Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!);
        }
    }
}
