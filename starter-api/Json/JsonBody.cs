using System.Reflection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Settlement.StarterApi.Options;
using Settlement.StarterApi.Problems;

namespace Settlement.StarterApi.Json;

/// <summary>
/// A request body read strictly: size, media type, syntax, depth, unknown members, duplicate members and member types are checked,
/// each with its own words and the place of the mistake. Endpoints take this instead of the framework's binding, whose messages
/// name .NET types.
/// </summary>
/// <typeparam name="T">The request record.</typeparam>
#pragma warning disable CA1000 // The framework finds both static members by convention, on the parameter's own type.
public sealed class JsonBody<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private JsonBody(T value) => Value = value;

    public T Value { get; }

    /// <summary>Called by the framework for each request; throws <see cref="ApiProblemException"/> on anything wrong.</summary>
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Request.HasJsonContentType())
            throw new ApiProblemException(new ApiProblem(ProblemTypes.UnsupportedMediaType));
        var services = context.RequestServices;
        var limit = services.GetRequiredService<IOptions<ApiOptions>>().Value.MaxBodyBytes;
        var body = await BoundedBody.ReadAsync(context.Request, limit, context.RequestAborted);
        var options = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return new JsonBody<T>(StrictJson.Parse<T>(body, options));
    }

    /// <inheritdoc />
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
    }
}
