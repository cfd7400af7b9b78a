namespace Settlement.StarterApi.Endpoints.Operations;

/// <summary>Marks an endpoint as the API's door of an operator's act.</summary>
/// <param name="Act">Name in <see cref="Workflows.Contracts.ActCatalogue"/>.</param>
public sealed record Performs(string Act);
