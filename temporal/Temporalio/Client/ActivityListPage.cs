namespace Temporalio.Client;

/// <summary>One page of a list of standalone activities.</summary>
/// <param name="Activities">The activities.</param>
/// <param name="NextPageToken">Token of the next page, or null after the last.</param>
public record ActivityListPage(IReadOnlyCollection<ActivityExecution> Activities, byte[]? NextPageToken);
