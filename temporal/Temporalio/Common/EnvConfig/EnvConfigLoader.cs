using System.Collections;
using System.Text;

namespace Temporalio.Common.EnvConfig;

/// <summary>Loads profiles by the rules that all SDKs share: file first, then environment variables over it.</summary>
internal static class EnvConfigLoader
{
    private const string GrpcMetaPrefix = "TEMPORAL_GRPC_META_";

    private static readonly string[] KnownProfileKeys = ["address", "namespace", "api_key", "tls", "codec", "grpc_meta"];

    private static readonly string[] KnownTlsKeys =
    [
        "disabled", "server_name", "disable_host_verification", "server_ca_cert_path", "server_ca_cert_data",
        "client_cert_path", "client_cert_data", "client_key_path", "client_key_data",
    ];

    public static IReadOnlyDictionary<string, ClientEnvConfig.Profile> LoadProfiles(ClientEnvConfig.ConfigLoadOptions options) =>
        ReadFile(options.ConfigSource, options.OverrideEnvVars ?? ProcessVariables(), options.ConfigFileStrict);

    public static ClientEnvConfig.Profile LoadProfile(ClientEnvConfig.ProfileLoadOptions options)
    {
        if (options.DisableFile && options.DisableEnv)
        {
            throw new InvalidOperationException("Cannot disable both file and environment configuration");
        }
        var variables = options.DisableEnv
            ? new Dictionary<string, string>()
            : options.OverrideEnvVars ?? ProcessVariables();
        var name = options.Profile ?? (variables.GetValueOrDefault("TEMPORAL_PROFILE") is { Length: > 0 } named ? named : null);
        var profile = new ClientEnvConfig.Profile();
        if (!options.DisableFile)
        {
            var profiles = ReadFile(options.ConfigSource, variables, options.ConfigFileStrict);
            if (profiles.TryGetValue(name ?? "default", out var found))
            {
                profile = found;
            }
            else if (name is not null)
            {
                throw new InvalidOperationException($"Profile '{name}' not found");
            }
        }
        return WithVariables(profile, variables);
    }

    private static Dictionary<string, string> ProcessVariables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? string.Empty);

    private static Dictionary<string, ClientEnvConfig.Profile> ReadFile(
        DataSource? source, IReadOnlyDictionary<string, string> variables, bool strict)
    {
        var text = ReadText(source, variables);
        var root = text is null ? [] : TomlReader.Parse(text);
        RefuseUnknown(root.Keys, ["profile"], strict);
        return Table(root, "profile").ToDictionary(
            pair => pair.Key,
            pair => pair.Value is Dictionary<string, object> table
                ? ToProfile(table, strict)
                : throw new InvalidOperationException($"TOML profile '{pair.Key}' is not a table"));
    }

    private static string? ReadText(DataSource? source, IReadOnlyDictionary<string, string> variables)
    {
        if (source?.Data is { } data)
        {
            return Encoding.UTF8.GetString(data);
        }
        var path = source?.Path
            ?? (variables.GetValueOrDefault("TEMPORAL_CONFIG_FILE") is { Length: > 0 } named ? named : DefaultPath());
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    private static string DefaultPath() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "temporalio", "temporal.toml");

    private static ClientEnvConfig.Profile ToProfile(Dictionary<string, object> table, bool strict)
    {
        RefuseUnknown(table.Keys, KnownProfileKeys, strict);
        var meta = Table(table, "grpc_meta").ToDictionary(
            pair => HeaderName(pair.Key), pair => pair.Value as string ?? string.Empty);
        return new(
            Text(table, "address"),
            Text(table, "namespace"),
            Text(table, "api_key"),
            table.ContainsKey("tls") ? ToTls(Table(table, "tls"), strict) : null,
            meta.Count == 0 ? null : meta);
    }

    private static ClientEnvConfig.Tls ToTls(Dictionary<string, object> table, bool strict)
    {
        RefuseUnknown(table.Keys, KnownTlsKeys, strict);
        return new(
            table.GetValueOrDefault("disabled") as bool?,
            Text(table, "server_name"),
            ToSource("server_ca_cert", Text(table, "server_ca_cert_path"), Text(table, "server_ca_cert_data")),
            ToSource("client_cert", Text(table, "client_cert_path"), Text(table, "client_cert_data")),
            ToSource("client_key", Text(table, "client_key_path"), Text(table, "client_key_data")));
    }

    private static ClientEnvConfig.Profile WithVariables(
        ClientEnvConfig.Profile profile, IReadOnlyDictionary<string, string> variables)
    {
        string? Variable(string name) => variables.GetValueOrDefault($"TEMPORAL_{name}") is { Length: > 0 } value ? value : null;
        return profile with
        {
            Address = Variable("ADDRESS") ?? profile.Address,
            Namespace = Variable("NAMESPACE") ?? profile.Namespace,
            ApiKey = Variable("API_KEY") ?? profile.ApiKey,
            Tls = WithVariables(profile.Tls, Variable),
            GrpcMeta = WithVariables(profile.GrpcMeta, variables),
        };
    }

    private static ClientEnvConfig.Tls? WithVariables(ClientEnvConfig.Tls? tls, Func<string, string?> variable)
    {
        var before = tls ?? new();
        var after = new ClientEnvConfig.Tls(
            variable("TLS") is { } on ? !ToBoolean(on) : before.Disabled,
            variable("TLS_SERVER_NAME") ?? before.ServerName,
            WithVariables("TLS_SERVER_CA_CERT", before.ServerRootCACert, variable),
            WithVariables("TLS_CLIENT_CERT", before.ClientCert, variable),
            WithVariables("TLS_CLIENT_KEY", before.ClientPrivateKey, variable));
        return tls is null && after == new ClientEnvConfig.Tls() ? null : after;
    }

    private static DataSource? WithVariables(string name, DataSource? before, Func<string, string?> variable)
    {
        var path = variable($"{name}_PATH");
        var data = variable($"{name}_DATA");
        if ((path is not null && before?.Data is not null) || (data is not null && before?.Path is not null))
        {
            throw new InvalidOperationException(
                $"Cannot specify both path and data: the file and TEMPORAL_{name}_* differ in which they set");
        }
        return ToSource($"TEMPORAL_{name}", path, data) ?? before;
    }

    private static Dictionary<string, string>? WithVariables(
        IReadOnlyDictionary<string, string>? meta, IReadOnlyDictionary<string, string> variables)
    {
        var headers = meta?.ToDictionary() ?? [];
        foreach (var (name, value) in variables)
        {
            if (!name.StartsWith(GrpcMetaPrefix, StringComparison.Ordinal))
            {
                continue;
            }
            var header = HeaderName(name[GrpcMetaPrefix.Length..]);
            if (value.Length == 0)
            {
                headers.Remove(header);
            }
            else
            {
                headers[header] = value;
            }
        }
        return headers.Count == 0 ? null : headers;
    }

    private static DataSource? ToSource(string name, string? path, string? data) => (path, data) switch
    {
        (not null, not null) => throw new InvalidOperationException($"Cannot specify both path and data of {name}"),
        (not null, _) => DataSource.FromPath(path),
        (_, not null) => DataSource.FromUTF8String(data),
        _ => null,
    };

    private static bool ToBoolean(string value) => value.ToLowerInvariant() switch
    {
        "1" or "true" or "t" or "yes" => true,
        "0" or "false" or "f" or "no" => false,
        _ => throw new InvalidOperationException("TEMPORAL_TLS is neither true nor false"),
    };

    private static string HeaderName(string name) => name.ToLowerInvariant().Replace('_', '-');

    private static string? Text(Dictionary<string, object> table, string key) => table.GetValueOrDefault(key) switch
    {
        null or "" => null,
        string text => text,
        _ => throw new InvalidOperationException($"TOML value '{key}' is not a string"),
    };

    private static Dictionary<string, object> Table(Dictionary<string, object> table, string key) =>
        table.GetValueOrDefault(key) switch
        {
            null => [],
            Dictionary<string, object> nested => nested,
            _ => throw new InvalidOperationException($"TOML value '{key}' is not a table"),
        };

    private static void RefuseUnknown(IEnumerable<string> keys, string[] known, bool strict)
    {
        if (strict && keys.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOperationException($"Unrecognized key '{unknown}' in configuration file");
        }
    }
}
