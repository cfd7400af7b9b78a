namespace Temporalio.Client;

/// <summary>Builds that are compatible with each other.</summary>
/// <param name="BuildIds">The builds, the default one last.</param>
public record BuildIdVersionSet(IReadOnlyCollection<string> BuildIds)
{
    /// <summary>The default build.</summary>
    /// <returns>Its id.</returns>
    public string Default() => BuildIds.Last();
}
