namespace Settlement.StarterApi.Endpoints.Operations;

/// <summary>Marks an endpoint as the API's door of an operator's action.</summary>
/// <param name="Action">Name in <see cref="Workflows.Contracts.ActionCatalogue"/>.</param>
public sealed record Performs(string Action);
