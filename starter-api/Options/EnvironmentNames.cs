using System.Collections;

namespace Settlement.StarterApi.Options;

/// <summary>
/// The short environment names of the interface document, mapped to option keys. They come after every other source, so the
/// environment wins over files.
/// </summary>
public static class EnvironmentNames
{
    /// <summary>Environment name → configuration key.</summary>
    public static IReadOnlyDictionary<string, string> Map { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DATABASE_URL"] = "Database:Url",
        ["TEMPORAL_ADDRESS"] = "Temporal:Address",
        ["TEMPORAL_NAMESPACE"] = "Temporal:Namespace",
        ["TEMPORAL_API_KEY"] = "Temporal:ApiKey",
        ["TEMPORAL_TLS_SERVER_CA_CERT"] = "Temporal:TlsServerCaFile",
        ["TEMPORAL_TLS_CLIENT_CERT"] = "Temporal:TlsClientCertFile",
        ["TEMPORAL_TLS_CLIENT_KEY"] = "Temporal:TlsClientKeyFile",
        ["TEMPORAL_TLS_SERVER_NAME"] = "Temporal:TlsServerName",
        ["AUTH_USERS_FILE"] = "Auth:UsersFile",
        ["AUTH_SIGNING_KEY"] = "Auth:SigningKey",
        ["AUTH_PREVIOUS_SIGNING_KEY"] = "Auth:PreviousSigningKey",
        ["AUTH_AUTHORITY"] = "Auth:Authority",
        ["API_HOST"] = "Api:Host",
        ["API_PORT"] = "Api:Port",
        ["API_REQUESTS_PER_SECOND"] = "Api:RequestsPerSecond",
        ["API_SCHEMA_WAIT_SECONDS"] = "Api:SchemaWaitSeconds",
        ["APPROVAL_TICKET_SECONDS"] = "Api:TicketSeconds",
        ["SETTLEMENT_TIMEOUT_SECONDS"] = "Settlement:Timings:ConfirmationTimeoutSeconds",
        ["SETTLEMENT_RETRY_ATTEMPTS"] = "Settlement:Timings:RetryAttempts",
        ["SETTLEMENT_RETRY_DELAY_SECONDS"] = "Settlement:Timings:RetryDelaySeconds",
        ["SETTLEMENT_OVERDUE_WARNING_DAYS"] = "Settlement:Timings:OverdueWarningDays",
        ["SETTLEMENT_OVERDUE_CRITICAL_DAYS"] = "Settlement:Timings:OverdueCriticalDays",
        ["SETTLEMENT_STUCK_STATUS_HOURS"] = "Settlement:Timings:StuckStatusHours",
    };

    /// <summary>Secrets of all banks in one variable: <c>bank=secret;bank=secret</c>.</summary>
    public const string BankMessageSecrets = "BANK_MESSAGE_SECRETS";

    public static void AddTo(IConfigurationBuilder configuration, IDictionary environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var values = Map
            .Where(name => environment[name.Key] is string { Length: > 0 })
            .ToDictionary(name => name.Value, name => (string?)environment[name.Key]);
        foreach (var (bank, secret) in Pairs(environment[BankMessageSecrets] as string))
            values[$"{BankOptions.SectionName}:{nameof(BankOptions.MessageSecrets)}:{bank}"] = secret;
        configuration.AddInMemoryCollection(values);
    }

    private static IEnumerable<(string Bank, string Secret)> Pairs(string? text)
    {
        foreach (var pair in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // At the first equals sign: base64 ends with them.
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                throw new ConfigurationException($"{BankMessageSecrets} must be bank=secret pairs, separated by semicolons");
            yield return (pair[..at], pair[(at + 1)..]);
        }
    }
}
