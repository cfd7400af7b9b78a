namespace Temporalio.Testing;

/// <summary>How the dev server of <see cref="WorkflowEnvironment.StartLocalAsync"/> is started.</summary>
public class DevServerOptions : ICloneable
{
    /// <summary>
    /// Gets or sets the executable. Unset means the one that the environment variable TEMPORAL_CLI names, else <c>temporal-dev</c> beside the
    /// application, on the PATH, or built in the source tree around it. The official SDK would download one, this one never does.
    /// </summary>
    public string? ExistingPath { get; set; }

    /// <summary>Gets or sets the database file; unset means in memory.</summary>
    public string? DatabaseFilename { get; set; }

    /// <summary>Gets or sets the log format: <c>pretty</c> or <c>json</c>.</summary>
    public string LogFormat { get; set; } = "pretty";

    /// <summary>Gets or sets the log level: <c>debug</c>, <c>info</c>, <c>warn</c>, <c>error</c> or <c>never</c>.</summary>
    public string LogLevel { get; set; } = "warn";

    /// <summary>Gets or sets more arguments.</summary>
    public IReadOnlyCollection<string>? ExtraArgs { get; set; }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
