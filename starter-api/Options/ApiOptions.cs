using System.ComponentModel.DataAnnotations;

namespace Settlement.StarterApi.Options;

/// <summary>The HTTP side.</summary>
public sealed class ApiOptions
{
    public const string SectionName = "Api";

    /// <summary>Environment names of this program, besides the shared ones and <see cref="BankMessageSecrets"/>.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
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

    /// <summary>Address to bind. Default loopback: TLS ends in front of the service. Env <c>API_HOST</c>.</summary>
    [Required]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port of the HTTP interface; 0 takes a free one. Env <c>API_PORT</c>.</summary>
    [Range(0, 65535, ErrorMessage = "Api:Port (API_PORT) must be between {1} and {2}")]
    public int Port { get; set; } = 8086;

    /// <summary>Largest request body in bytes.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 64 * 1024;

    /// <summary>Requests a second and caller, sustained. 429 beyond. Env <c>API_REQUESTS_PER_SECOND</c>.</summary>
    [Range(1, 100_000, ErrorMessage = "Api:RequestsPerSecond (API_REQUESTS_PER_SECOND) must be between {1} and {2}")]
    public int RequestsPerSecond { get; set; } = 500;

    /// <summary>Failed or successful logins a minute and source address, and a minute and user name.</summary>
    [Range(1, 10_000)]
    public int LoginsPerMinute { get; set; } = 30;

    /// <summary>How long to wait for another request with the same Idempotency-Key before 409 "in progress", in milliseconds.</summary>
    [Range(50, 30_000)]
    public int IdempotencyWaitMilliseconds { get; set; } = 5_000;

    /// <summary>How long to wait for a workflow's answer to an operator's update, in seconds.</summary>
    [Range(1, 120)]
    public int UpdateTimeoutSeconds { get; set; } = 20;

    /// <summary>How long an approval ticket may be used, in seconds. Env <c>APPROVAL_TICKET_SECONDS</c>.</summary>
    [Range(10, 3600, ErrorMessage = "Api:TicketSeconds (APPROVAL_TICKET_SECONDS) must be between {1} and {2}")]
    public int TicketSeconds { get; set; } = 300;

    /// <summary>How long start waits for the worker's migrations, in seconds. Env <c>API_SCHEMA_WAIT_SECONDS</c>.</summary>
    [Range(1, 3600, ErrorMessage = "Api:SchemaWaitSeconds (API_SCHEMA_WAIT_SECONDS) must be between {1} and {2}")]
    public int SchemaWaitSeconds { get; set; } = 120;
}
