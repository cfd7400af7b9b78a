namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.ListActivitiesPaginatedAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Query">List filter; empty for all.</param>
/// <param name="NextPageToken">Where to go on, or null for the start.</param>
/// <param name="Options">Options of the caller.</param>
public record ListActivitiesPaginatedInput(string Query, byte[]? NextPageToken, ActivityListPaginatedOptions? Options);
