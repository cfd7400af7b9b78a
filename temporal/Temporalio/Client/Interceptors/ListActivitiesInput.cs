namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.ListActivitiesAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Query">List filter; empty for all.</param>
/// <param name="Options">Options of the caller.</param>
public record ListActivitiesInput(string Query, ActivityListOptions? Options);
