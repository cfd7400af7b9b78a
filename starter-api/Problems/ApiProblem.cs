using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace Settlement.StarterApi.Problems;

/// <summary>A refusal as an endpoint result. Endpoints return it; nothing else writes an error body.</summary>
public sealed class ApiProblem : IResult, IEndpointMetadataProvider
{
    public ApiProblem(ProblemType type, string? detail = null, IReadOnlyList<FieldError>? errors = null, TimeSpan? retryAfter = null)
    {
        Type = type;
        Detail = detail;
        Errors = errors;
        RetryAfter = retryAfter;
    }

    /// <summary>The media type of RFC 9457.</summary>
    public const string ContentType = "application/problem+json";

    public ProblemType Type { get; }
    public string? Detail { get; }
    public IReadOnlyList<FieldError>? Errors { get; }

    /// <summary>When the caller may try again; rounded up to whole seconds in the header.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in new[] { 400, 401, 403, 404, 409, 413, 415, 422, 429, 503 })
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDocument), [ContentType]));
    }

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Before the answer: who has read the refusal can rely on its entry.
        await httpContext.RequestServices.GetRequiredService<RefusalAudit>().RecordAsync(httpContext, this);
        var response = httpContext.Response;
        response.StatusCode = Type.Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await response.WriteAsJsonAsync(ToDocument(httpContext), json, ContentType, httpContext.RequestAborted);
    }

    private ProblemDocument ToDocument(HttpContext context) => new()
    {
        Type = Type.Uri,
        Title = Type.Title,
        Status = Type.Status,
        Detail = Detail,
        Instance = context.Request.Path.Value is { Length: <= 256 } path ? path : null,
        RequestId = context.TraceIdentifier,
        Errors = Errors is { Count: > 0 } ? Errors : null,
    };
}

/// <summary>The body of every error answer: RFC 9457 members plus <c>request_id</c> and, for rule breaches, <c>errors</c>.</summary>
public sealed record ProblemDocument
{
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required int Status { get; init; }
    public string? Detail { get; init; }
    public string? Instance { get; init; }

    /// <summary>Quote it to support; every log line of the request carries it.</summary>
    public required string RequestId { get; init; }

    public IReadOnlyList<FieldError>? Errors { get; init; }
}

/// <summary>Carries a refusal out of code that cannot return a result: body binding and stores below an endpoint.</summary>
public sealed class ApiProblemException(ApiProblem problem) : Exception(problem.Detail ?? problem.Type.Title)
{
    public ApiProblem Problem { get; } = problem;
}
