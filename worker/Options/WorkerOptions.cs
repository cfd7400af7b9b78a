using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Settlement.Worker.Options;

/// <summary>The worker itself: how much it does at once, how often it sweeps, and where its health is asked for.</summary>
public sealed class WorkerOptions
{
    public const string SectionName = "Worker";

    /// <summary>Environment names of this program, besides the shared ones.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DATABASE_MIGRATION_URL"] = "Worker:MigrationUrl",
        ["WORKER_HOST"] = "Worker:Host",
        ["WORKER_PORT"] = "Worker:Port",
        ["WORKER_MAX_ACTIVITIES"] = "Worker:MaxConcurrentActivities",
        ["WORKER_MAX_WORKFLOW_TASKS"] = "Worker:MaxConcurrentWorkflowTasks",
        ["WORKER_SHUTDOWN_SECONDS"] = "Worker:ShutdownSeconds",
        ["SWEEP_INTERVAL_SECONDS"] = "Worker:SweepSeconds",
    };

    /// <summary>
    /// The settlement database as the account that owns it, used at start only, to migrate. Not set: <c>DATABASE_URL</c>'s own account
    /// migrates if it is the owner, and otherwise waits until somebody has. Env <c>DATABASE_MIGRATION_URL</c>.
    /// </summary>
    public string? MigrationUrl { get; set; }

    /// <summary>Address of the health endpoints. Env <c>WORKER_HOST</c>.</summary>
    [Required]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port of the health endpoints; 0 takes a free one. Env <c>WORKER_PORT</c>.</summary>
    [Range(0, 65535, ErrorMessage = "Worker:Port (WORKER_PORT) must be between {1} and {2}")]
    public int Port { get; set; } = 8087;

    /// <summary>Activities that run at once; each may hold a database connection or wait for a bank. Env <c>WORKER_MAX_ACTIVITIES</c>.</summary>
    [Range(1, 2_000, ErrorMessage = "Worker:MaxConcurrentActivities (WORKER_MAX_ACTIVITIES) must be between {1} and {2}")]
    public int MaxConcurrentActivities { get; set; } = 200;

    /// <summary>Workflow tasks that run at once. Env <c>WORKER_MAX_WORKFLOW_TASKS</c>.</summary>
    [Range(2, 1_000, ErrorMessage = "Worker:MaxConcurrentWorkflowTasks (WORKER_MAX_WORKFLOW_TASKS) must be between {1} and {2}")]
    public int MaxConcurrentWorkflowTasks { get; set; } = 100;

    /// <summary>Long polls that wait for work at once, for workflow tasks and for activities each.</summary>
    [Range(2, 100)]
    public int MaxConcurrentPolls { get; set; } = 8;

    /// <summary>Open settlements kept in memory between their tasks; the least recently used are rebuilt from history when needed.</summary>
    [Range(0, 100_000)]
    public int MaxCachedWorkflows { get; set; } = 2_000;

    /// <summary>How long activities under way may finish at shutdown, in seconds. Env <c>WORKER_SHUTDOWN_SECONDS</c>.</summary>
    [Range(0, 600, ErrorMessage = "Worker:ShutdownSeconds (WORKER_SHUTDOWN_SECONDS) must be between {1} and {2}")]
    public int ShutdownSeconds { get; set; } = 10;

    /// <summary>Seconds between sweeps for rows whose workflow was never started. Env <c>SWEEP_INTERVAL_SECONDS</c>.</summary>
    [Range(1, 3_600, ErrorMessage = "Worker:SweepSeconds (SWEEP_INTERVAL_SECONDS) must be between {1} and {2}")]
    public int SweepSeconds { get; set; } = 10;

    /// <summary>A PENDING row younger than this is left alone: the API is probably starting its workflow right now. Seconds.</summary>
    [Range(1, 3_600)]
    public int SweepGraceSeconds { get; set; } = 5;

    /// <summary>Rows that one sweep starts at the most.</summary>
    [Range(1, 10_000)]
    public int SweepBatch { get; set; } = 200;

    /// <summary>Milliseconds between two rounds of the audit sealer and of the outbox relay when there was nothing to do.</summary>
    [Range(10, 10_000)]
    public int RelayIdleMilliseconds { get; set; } = 500;

    /// <summary>The parsed <see cref="Host"/>. A method, since the validation of attributes reads every property.</summary>
    /// <exception cref="Hosting.ConfigurationException">It is no IP address.</exception>
    public IPAddress Address() => IPAddress.TryParse(Host, out var address)
        ? address
        : throw new Hosting.ConfigurationException($"Worker:Host (WORKER_HOST) '{Host}' is no IP address");
}
