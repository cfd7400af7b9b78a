using Temporalio.Common;

namespace Temporalio.Worker;

/// <summary>How a worker takes part in worker versioning. <see cref="Version" /> is required.</summary>
public class WorkerDeploymentOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="WorkerDeploymentOptions"/> class.</summary>
    public WorkerDeploymentOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="WorkerDeploymentOptions"/> class.</summary>
    /// <param name="version">Deployment name and build of this worker.</param>
    /// <param name="useWorkerVersioning">Whether the server routes workflows by version.</param>
    public WorkerDeploymentOptions(WorkerDeploymentVersion version, bool useWorkerVersioning)
    {
        Version = version;
        UseWorkerVersioning = useWorkerVersioning;
    }

    /// <summary>Gets or sets deployment name and build of this worker.</summary>
    public WorkerDeploymentVersion? Version { get; set; }

    /// <summary>Gets or sets a value indicating whether the server routes workflows by version.</summary>
    public bool UseWorkerVersioning { get; set; }

    /// <summary>Gets or sets the behavior of workflows that name none themselves.</summary>
    public VersioningBehavior DefaultVersioningBehavior { get; set; } = VersioningBehavior.Unspecified;

    /// <summary>Creates a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
