using System.Buffers;
using System.Reflection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;

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
        if (!context.Request.HasJsonContentType())
            throw new ApiProblemException(new ApiProblem(ProblemTypes.UnsupportedMediaType));
        var services = context.RequestServices;
        var limit = services.GetRequiredService<IOptions<ApiOptions>>().Value.MaxBodyBytes;
        var body = await BoundedBody.ReadAsync(context.Request, limit, context.RequestAborted);
        var options = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return new JsonBody<T>(StrictJson.Parse<T>(body, options));
    }

    /// <inheritdoc />
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
}

/// <summary>Reads a body into memory up to a limit, whatever the caller says about its length.</summary>
public static class BoundedBody
{
    /// <exception cref="ApiProblemException">The body is larger than <paramref name="limit"/> bytes.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        if (request.ContentLength > limit)
            throw TooLarge(limit);
        var read = await request.BodyReader.ReadAtLeastAsync(limit + 1, cancel);
        var body = read.Buffer.Length > limit ? null : read.Buffer.ToArray();
        request.BodyReader.AdvanceTo(read.Buffer.End);
        return body ?? throw TooLarge(limit);
    }

    private static ApiProblemException TooLarge(int limit) =>
        new(new ApiProblem(ProblemTypes.BodyTooLarge, $"At most {limit} bytes are taken."));
}
