namespace Settlement.StarterApi.Endpoints.Health;

/// <summary>State of the service and of what it depends on.</summary>
public sealed record HealthReply
{
    public const string Healthy = "healthy";
    public const string Unhealthy = "unhealthy";

    /// <summary><c>healthy</c> or <c>unhealthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>By name: <c>database</c>, <c>migrations</c>, <c>temporal</c>.</summary>
    public IReadOnlyDictionary<string, string>? Checks { get; init; }
}
