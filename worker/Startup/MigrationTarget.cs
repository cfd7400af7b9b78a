namespace Settlement.Worker.Startup;

/// <summary>The database that this worker migrates.</summary>
internal sealed record MigrationTarget(string ConnectionString);
