namespace Temporalio.Client;

/// <summary>Version sets of a task queue.</summary>
/// <param name="VersionSets">The sets, the default one last.</param>
public record WorkerBuildIdVersionSets(IReadOnlyCollection<BuildIdVersionSet> VersionSets)
{
    /// <summary>The default build of the queue.</summary>
    /// <returns>Its id.</returns>
    public string DefaultBuildId() => DefaultSet().Default();

    /// <summary>The default set of the queue.</summary>
    /// <returns>The set.</returns>
    public BuildIdVersionSet DefaultSet() => VersionSets.Last();

    /// <summary>Converts from the wire message.</summary>
    internal static WorkerBuildIdVersionSets? FromProto(
        Api.WorkflowService.V1.GetWorkerBuildIdCompatibilityResponse proto) =>
        proto.MajorVersionSets.Count == 0
            ? null
            : new(proto.MajorVersionSets.Select(s => new BuildIdVersionSet(s.BuildIds)).ToArray());
}
