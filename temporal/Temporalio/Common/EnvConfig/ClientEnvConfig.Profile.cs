using Temporalio.Client;

namespace Temporalio.Common.EnvConfig;

public sealed partial record ClientEnvConfig
{
    /// <summary>One profile.</summary>
    /// <param name="Address">Server as <c>host:port</c>.</param>
    /// <param name="Namespace">Namespace.</param>
    /// <param name="ApiKey">API key.</param>
    /// <param name="Tls">TLS settings.</param>
    /// <param name="GrpcMeta">Headers of every call.</param>
    public sealed record Profile(
        string? Address = null,
        string? Namespace = null,
        string? ApiKey = null,
        Tls? Tls = null,
        IReadOnlyDictionary<string, string>? GrpcMeta = null)
    {
        /// <summary>Loads one profile; environment variables replace what the file says.</summary>
        /// <param name="options">Which profile, and where to look.</param>
        /// <returns>The profile.</returns>
        /// <exception cref="InvalidOperationException">The file is not valid, or has no such profile.</exception>
        public static Profile Load(ProfileLoadOptions? options = null) => EnvConfigLoader.LoadProfile(options ?? new());

        /// <summary>Reads what <see cref="ToDictionary"/> wrote.</summary>
        /// <param name="dictionary">Plain values.</param>
        /// <returns>The profile.</returns>
        public static Profile FromDictionary(IReadOnlyDictionary<string, object> dictionary) => new(
            dictionary.GetValueOrDefault("address") as string,
            dictionary.GetValueOrDefault("namespace") as string,
            dictionary.GetValueOrDefault("api_key") as string,
            dictionary.GetValueOrDefault("tls") is IReadOnlyDictionary<string, object> tls ? Tls.FromDictionary(tls) : null,
            dictionary.GetValueOrDefault("grpc_meta") as IReadOnlyDictionary<string, string>);

        /// <summary>Makes options to connect with. An API key turns TLS on unless the profile says otherwise.</summary>
        /// <returns>The options.</returns>
        public TemporalClientConnectOptions ToClientConnectionOptions()
        {
            var options = new TemporalClientConnectOptions { TargetHost = Address, ApiKey = ApiKey };
            options.Namespace = Namespace ?? options.Namespace;
            options.RpcMetadata = GrpcMeta?.ToArray() ?? options.RpcMetadata;
            options.Tls = Tls is { } tls ? tls.ToTlsOptions() : ApiKey is null ? null : new TlsOptions();
            return options;
        }

        /// <summary>Writes the profile as plain values.</summary>
        /// <returns>The values that are set.</returns>
        public Dictionary<string, object> ToDictionary()
        {
            (string Name, object? Value)[] values =
            [
                ("address", Address), ("namespace", Namespace), ("api_key", ApiKey), ("tls", Tls?.ToDictionary()),
                ("grpc_meta", GrpcMeta),
            ];
            return values.Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!);
        }

        /// <summary>Says what is set, but not the API key.</summary>
        /// <returns>Text for a log.</returns>
        public override string ToString() =>
            $"Profile {{ Address = {Address}, Namespace = {Namespace}, ApiKey = {(ApiKey is null ? "none" : "set")} }}";
    }
}
