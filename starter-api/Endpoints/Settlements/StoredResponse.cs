using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Settlement.StarterApi.Json;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>202 with the stored answer, byte for byte the same on every repeat but for the header that says so.</summary>
public sealed class StoredResponse(string json, bool replayed) : IResult, IEndpointMetadataProvider
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(SettlementAccepted), ["application/json"]));
    }

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var accepted = JsonSerializer.Deserialize<SettlementAccepted>(json, ApiJson.Options)!;
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.Location = $"/settlements/{accepted.SettlementId}";
        if (replayed)
            response.Headers[ReplayedHeader] = "true";
        await response.WriteAsync(json, httpContext.RequestAborted);
    }
}
