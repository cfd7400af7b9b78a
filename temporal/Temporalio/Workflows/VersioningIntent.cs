namespace Temporalio.Workflows;

/// <summary>
/// Whether what a workflow starts should run on a worker of a compatible build id. Only old, build id based
/// versioning looks at it.
/// </summary>
public enum VersioningIntent
{
    /// <summary>Let the server decide.</summary>
    Unspecified = 0,

    /// <summary>Run on a compatible worker.</summary>
    Compatible = 1,

    /// <summary>Run on the task queue's default version.</summary>
    Default = 2,
}
