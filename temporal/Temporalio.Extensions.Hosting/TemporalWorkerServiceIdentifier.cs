namespace Temporalio.Extensions.Hosting;

/// <summary>What tells the hosted workers of one application apart.</summary>
/// <param name="TaskQueue">Task queue.</param>
/// <param name="Version">Build id, or deployment version in its canonical form; null for an unversioned worker.</param>
/// <param name="VersionIsBuildId">Whether the version is a build id.</param>
public record TemporalWorkerServiceIdentifier(string TaskQueue, string? Version, bool VersionIsBuildId);
