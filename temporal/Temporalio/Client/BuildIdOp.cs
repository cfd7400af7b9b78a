namespace Temporalio.Client;

/// <summary>A change of which builds of a task queue's workers are compatible (version sets, deprecated at the server).</summary>
public abstract record BuildIdOp
{
    private BuildIdOp()
    {
    }

    /// <summary>Adds a build in a new set that becomes the default: new workflows start on it.</summary>
    /// <param name="BuildId">The build.</param>
    public record AddNewDefault(string BuildId) : BuildIdOp;

    /// <summary>Adds a build to the set of another one and makes it the default of that set.</summary>
    /// <param name="BuildId">The build.</param>
    /// <param name="ExistingCompatibleBuildId">A build of the set.</param>
    /// <param name="MakeSetDefault">Whether the set becomes the default of the queue.</param>
    public record AddNewCompatible(string BuildId, string ExistingCompatibleBuildId, bool MakeSetDefault = false) : BuildIdOp;

    /// <summary>Makes a set the default of the queue.</summary>
    /// <param name="BuildId">A build of the set.</param>
    public record PromoteSetByBuildId(string BuildId) : BuildIdOp;

    /// <summary>Makes a build the default of its set.</summary>
    /// <param name="BuildId">The build.</param>
    public record PromoteBuildIdWithinSet(string BuildId) : BuildIdOp;

    /// <summary>Makes one set of two; the default of the first stays.</summary>
    /// <param name="PrimaryBuildId">A build of the first set.</param>
    /// <param name="SecondaryBuildId">A build of the second set.</param>
    public record MergeSets(string PrimaryBuildId, string SecondaryBuildId) : BuildIdOp;
}
