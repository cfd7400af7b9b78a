namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>How the store uses its database.</summary>
internal sealed class PostgresStoreOptions
{
    /// <summary>Npgsql connection string of a database in which the user may create a schema. Required.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Who this server is, for the message that another one gets. Host and process by default.</summary>
    public string Owner { get; init; } = $"{Environment.MachineName}, process {Environment.ProcessId}";

    /// <summary>How long to wait for another server to leave the database before refusing to start.</summary>
    public TimeSpan LeaseWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many transactions may wait to be written; more callers wait in turn.</summary>
    public int MaxQueued { get; init; } = 4096;

    /// <summary>How many bytes may wait to be written; more are refused as unavailable.</summary>
    public long MaxQueuedBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How many transactions go into one of PostgreSQL's.</summary>
    public int MaxGroup { get; init; } = 512;

    /// <summary>Connections for reading.</summary>
    public int MaxReaders { get; init; } = 16;

    /// <summary>How long one statement may take, in whole seconds, before the database counts as away. At least 1.</summary>
    public int CommandTimeoutSeconds { get; init; } = 30;
}
